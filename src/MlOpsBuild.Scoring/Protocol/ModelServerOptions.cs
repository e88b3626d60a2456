namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What a model server serves.</summary>
/// <param name="Files">Identity, secrets, files.</param>
/// <param name="Pipeline">Name in answers and metrics.</param>
/// <param name="Version">Version in answers and metrics.</param>
/// <param name="ModelFile">The model.</param>
/// <param name="ModelDigest">What the model file must be, <c>sha256:…</c>.</param>
/// <param name="Fault">A fault to rehearse, or null.</param>
public sealed record ModelServerOptions(ServerFiles Files, string Pipeline, int Version, string ModelFile, string ModelDigest, FaultOptions? Fault);
