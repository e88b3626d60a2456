using MlOpsBuild.Core;

namespace MlOpsBuild.Tracking.Models;

/// <summary>A model of a registry that a pipeline takes.</summary>
/// <param name="Name">The registered model.</param>
/// <param name="Alias">The alias that names a version; null where the version is named.</param>
/// <param name="Version">The registry's number of the version; null where an alias names it.</param>
/// <param name="Pinned">Digest of the file that is taken, and no other; null where nobody said it yet.</param>
public sealed record WantedModel(string Name, string? Alias, string? Version, Digest? Pinned)
{
    /// <summary>As it stands in a pipeline.</summary>
    public override string ToString() => Alias == null ? $"mlflow://{Name}/{Version}" : $"mlflow://{Name}@{Alias}";
}
