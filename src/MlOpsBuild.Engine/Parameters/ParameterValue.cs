namespace MlOpsBuild.Engine.Parameters;

/// <summary>A parameter's value and where it came from.</summary>
/// <param name="Declaration">The parameter.</param>
/// <param name="Value">The value, of the declared type.</param>
/// <param name="Text">The words it was made of.</param>
/// <param name="Source"><c>command line</c>, <c>environment MLOPS_X</c>, or a file.</param>
/// <param name="Variables">Environment variables that hold it, used or not.</param>
internal sealed record ParameterValue(
    ParameterDeclaration Declaration, object? Value, IReadOnlyList<string> Text, string Source, IReadOnlyList<string> Variables)
{
    /// <summary>The source of what the caller typed.</summary>
    public const string CommandLine = "command line";

    /// <summary>Whether the caller typed it.</summary>
    public bool IsOfCommandLine => Source == CommandLine;
}
