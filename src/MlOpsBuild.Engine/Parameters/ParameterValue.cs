namespace MlOpsBuild.Engine.Parameters;

/// <summary>A parameter's value and where it came from (<c>command line</c>, <c>environment MLOPS_X</c>, a file).</summary>
internal sealed record ParameterValue(ParameterDeclaration Declaration, object? Value, IReadOnlyList<string> Text, string Source);
