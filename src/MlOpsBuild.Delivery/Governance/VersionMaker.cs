using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>Who made a version, as far as that can be told: nobody approves what they made.</summary>
/// <param name="Actor">The name in records; null where nobody vouches for it.</param>
/// <param name="Key">The key that signed the version; null where none need.</param>
public sealed record VersionMaker(string? Actor, string? Key)
{
    /// <summary>Nothing is known.</summary>
    public static VersionMaker Unknown { get; } = new(null, null);

    /// <summary>Who made <paramref name="version"/>.</summary>
    /// <param name="version">The version.</param>
    /// <param name="run">The run that it names; null where it is not here.</param>
    /// <param name="demanded">Whether signatures are demanded: then only what was signed is believed.</param>
    public static VersionMaker Of(ModelVersion version, RunRecord? run, bool demanded) => new(
        version.Maker ?? (!demanded && run?.Bundle == version.Bundle ? run?.Actor : null), demanded ? version.Signature?.Key : null);
}
