namespace MlOpsBuild.Engine.Parameters;

/// <summary>Command line, then environment, then files; strict, all problems at once.</summary>
internal sealed class ParameterResolver(CommandLine commandLine, ParameterFiles files, BuildContext context, List<string> problems)
{
    public Dictionary<string, ParameterValue> Resolve(IReadOnlyList<ParameterDeclaration> declarations)
    {
        var resolved = new Dictionary<string, ParameterValue>();
        foreach (var declaration in declarations)
        {
            var variables = EnvironmentVariables.Of(declaration, context.Environment);
            var (words, source, folder) =
                commandLine.Values.TryGetValue(declaration.Name, out var given)
                    ? (given, ParameterValue.CommandLine, context.WorkingDirectory)
                : FromEnvironment(declaration, variables) is { } variable
                    ? (Words(context.Environment[variable], declaration), $"environment {variable}", context.WorkingDirectory)
                : files.Find(declaration.Name) is { } stored ? (stored.Words, stored.Source, context.Root)
                : (null, "", "");
            if (words != null && Convert(declaration, words, source, folder) is { } value)
            {
                resolved[declaration.Name] = new(declaration, value, words, source, variables);
            }
        }

        return resolved;
    }

    private string? FromEnvironment(ParameterDeclaration declaration, IReadOnlyList<string> variables)
    {
        if (variables.Count == 0 || variables[0] == ParameterName.Environment(declaration.Name))
        {
            return variables.Count == 0 ? null : variables[0];
        }

        if (variables.Select(variable => context.Environment[variable]).Distinct().Count() > 1)
        {
            problems.Add($"--{declaration.Name} is ambiguous: {string.Join(" and ", variables)} are set to different values; unset one, or set {ParameterName.Environment(declaration.Name)}.");
            return null;
        }

        return variables[0];
    }

    private object? Convert(ParameterDeclaration declaration, IReadOnlyList<string> words, string source, string folder)
    {
        if (!declaration.IsList && words.Count != 1)
        {
            problems.Add($"--{declaration.Name} ({source}) takes one value, not {words.Count}.");
            return null;
        }

        var separated = declaration.IsList && declaration.Attribute.Separator is { Length: 1 } separator
            ? [.. words.SelectMany(word => word.Split(separator[0], StringSplitOptions.RemoveEmptyEntries))]
            : words;
        var values = Array.CreateInstance(declaration.ElementType, separated.Count);
        for (var i = 0; i < separated.Count; i++)
        {
            var value = ValueConversion.Convert(separated[i], declaration.ElementType, folder, out var expected);
            if (expected != null)
            {
                problems.Add($"--{declaration.Name} '{(declaration.IsSecret ? "***" : separated[i])}' ({source}) is not {expected}.");
                return null;
            }

            values.SetValue(value, i);
        }

        return !declaration.IsList ? values.GetValue(0)
            : declaration.Type.IsAssignableFrom(values.GetType()) ? values
            : Activator.CreateInstance(declaration.Type, values);
    }

    private static string[] Words(string text, ParameterDeclaration declaration) =>
        !declaration.IsList ? [text] : text.Split(
            declaration.Attribute.Separator is { Length: 1 } separator ? separator[0] : ' ', StringSplitOptions.RemoveEmptyEntries);
}
