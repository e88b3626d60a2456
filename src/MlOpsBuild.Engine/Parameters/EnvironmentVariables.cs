namespace MlOpsBuild.Engine.Parameters;

/// <summary>
/// Where the environment may hold a parameter: <c>MLOPS_LEARNING_RATE</c> first. Without a prefix, or with NUKE's, only names of two
/// words and more are read, and never the engine's own switches: PORT, PATH, HOST or VERSION are set in many shells and mean
/// something else. A variable without a letter counts as not set: build servers set absent secrets so, and choices left open as a blank.
/// </summary>
internal static class EnvironmentVariables
{
    public static IReadOnlyList<string> Of(ParameterDeclaration declaration, IReadOnlyDictionary<string, string> environment)
    {
        var name = declaration.Name.Replace('-', '_').ToUpperInvariant();
        var bare = declaration.IsBuiltIn ? [] : declaration.Name.Contains('-', StringComparison.Ordinal)
            ? (string[])
            [
                "NUKE_" + name, name,
                string.Concat(declaration.Name.Split('-', StringSplitOptions.RemoveEmptyEntries)
                    .Select(word => char.ToUpperInvariant(word[0]) + word[1..]))
            ]
            : ["NUKE_" + name];
        return [.. bare.Prepend(ParameterName.Environment(declaration.Name))
            .Distinct()
            .Where(variable => !string.IsNullOrWhiteSpace(environment.GetValueOrDefault(variable)))];
    }
}
