namespace MlOpsBuild.Serving.Gateway;

/// <summary>What a model server answered.</summary>
/// <param name="Status">HTTP status; 502 when there was no answer.</param>
/// <param name="Body">The body.</param>
/// <param name="Unreachable">True when there was no answer at all.</param>
internal sealed record UpstreamAnswer(int Status, ReadOnlyMemory<byte> Body, bool Unreachable);
