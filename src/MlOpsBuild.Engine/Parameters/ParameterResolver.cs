using System.Text.Json;

namespace MlOpsBuild.Engine.Parameters;

/// <summary>Command line, then environment (<c>MLOPS_…</c>), then <c>.nuke/parameters.json</c>; strict, all problems at once.</summary>
internal static class ParameterResolver
{
    private const string CommandLineSource = "command line";
    private const string FileSource = ".nuke/parameters.json";

    public static Dictionary<string, ParameterValue> Resolve(
        IReadOnlyList<ParameterDeclaration> declarations, CommandLine commandLine, BuildContext context, List<string> problems)
    {
        var file = ReadFile(context.Root, declarations, problems);
        var resolved = new Dictionary<string, ParameterValue>();
        foreach (var declaration in declarations)
        {
            var variable = ParameterName.Environment(declaration.Name);
            var (words, source) =
                commandLine.Values.TryGetValue(declaration.Name, out var given) ? (given, CommandLineSource)
                : context.Environment.TryGetValue(variable, out var text) ? (Words(text, declaration), $"environment {variable}")
                : file.TryGetValue(declaration.Name, out var stored) ? (stored, FileSource)
                : (null, "");
            var folder = source == FileSource ? context.Root : context.WorkingDirectory;
            if (words != null && Convert(declaration, words, source, folder, problems) is { } value)
            {
                resolved[declaration.Name] = new(declaration, value, words, source);
            }
        }

        return resolved;
    }

    private static object? Convert(ParameterDeclaration declaration, IReadOnlyList<string> words, string source, string root, List<string> problems)
    {
        if (!declaration.IsList && words.Count != 1)
        {
            problems.Add($"--{declaration.Name} ({source}) takes one value, not {words.Count}.");
            return null;
        }

        var separated = declaration.IsList && declaration.Attribute.Separator is { Length: 1 } separator
            ? [.. words.SelectMany(word => word.Split(separator[0]))]
            : words;
        var values = Array.CreateInstance(declaration.ElementType, separated.Count);
        for (var i = 0; i < separated.Count; i++)
        {
            var value = ValueConversion.Convert(separated[i], declaration.ElementType, root, out var expected);
            if (expected != null)
            {
                problems.Add($"--{declaration.Name} '{(declaration.IsSecret ? "***" : separated[i])}' ({source}) is not {expected}.");
                return null;
            }

            values.SetValue(value, i);
        }

        return declaration.IsList ? values : values.GetValue(0);
    }

    private static string[] Words(string text, ParameterDeclaration declaration) => !declaration.IsList ? [text] : text.Split(declaration.Attribute.Separator is { Length: 1 } separator ? separator[0] : ' ', StringSplitOptions.RemoveEmptyEntries);

    private static Dictionary<string, IReadOnlyList<string>> ReadFile(string root, IReadOnlyList<ParameterDeclaration> declarations, List<string> problems)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>();
        var path = Path.Combine(root, ".nuke", "parameters.json");
        if (!File.Exists(path))
        {
            return values;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                problems.Add(".nuke/parameters.json is not a JSON object of parameter names and values.");
                return values;
            }

            foreach (var property in document.RootElement.EnumerateObject().Where(property => !property.Name.StartsWith('$')))
            {
                var declaration = declarations.FirstOrDefault(known => ParameterName.Fold(known.Name) == ParameterName.Fold(property.Name));
                if (declaration == null)
                {
                    problems.Add($".nuke/parameters.json: unknown parameter '{property.Name}'.{Suggestion.For(property.Name, declarations.Select(known => known.Name))}");
                    continue;
                }

                values[declaration.Name] = property.Value.ValueKind == JsonValueKind.Array
                    ? [.. property.Value.EnumerateArray().Select(element => element.ToString())]
                    : [property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? property.Value.GetBoolean() ? "true" : "false" : property.Value.ToString()];
            }
        }
        catch (JsonException problem)
        {
            problems.Add($".nuke/parameters.json is not JSON: {problem.Message}");
        }

        return values;
    }
}
