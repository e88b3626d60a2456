namespace MlOpsBuild.Serving.Tests;

/// <summary>What a <see cref="RawServer"/> writes, and whether it closes the connection afterwards.</summary>
internal sealed record RawAnswer(bool Closes, params string[] Pieces);
