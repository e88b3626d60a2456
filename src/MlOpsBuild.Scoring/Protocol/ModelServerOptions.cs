using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Telemetry;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What a model server serves.</summary>
/// <param name="Files">Identity, secrets, files.</param>
/// <param name="Pipeline">Name in answers and metrics.</param>
/// <param name="Version">Version in answers and metrics.</param>
/// <param name="ModelFile">The model.</param>
/// <param name="ModelDigest">What the model file must be, <c>sha256:…</c>.</param>
/// <param name="Fault">A fault to rehearse, or null.</param>
public sealed record ModelServerOptions(
    ServerFiles Files, string Pipeline, int Version, string ModelFile, string ModelDigest, FaultOptions? Fault)
{
    /// <summary>Port for predictions; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Columns of the data contract that are known when predicting: accepted, and ignored where the model does not need them.
    /// </summary>
    // Generated code that reads this gives null to what is left out.
    public IReadOnlyList<FieldRule> Known { get; init => field = value ?? []; } = [];

    /// <summary>Where the model must come from.</summary>
    public ServedOrigin Origin { get; init => field = value ?? ServedOrigin.Any; } = ServedOrigin.Any;

    /// <summary>Where its metrics go, beside <c>/metrics</c>; null for nowhere.</summary>
    public OtlpSettings? Telemetry { get; init; }

    /// <summary>How much others may make it hold.</summary>
    public ServerLimits Limits { get; init => field = value ?? new(); } = new();
}
