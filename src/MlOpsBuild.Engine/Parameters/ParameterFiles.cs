using System.Text.Json;

namespace MlOpsBuild.Engine.Parameters;

/// <summary>
/// Values kept in <c>.nuke/parameters.json</c> and in the profiles <c>.nuke/parameters.NAME.json</c> that <c>--profile</c> names;
/// the profile named last wins. <see cref="BuildContext.SettingsFolder"/> says which folder it is.
/// </summary>
internal sealed class ParameterFiles(IReadOnlyList<string> profiles)
{
    private const string Profile = "profile";
    private readonly Dictionary<string, (IReadOnlyList<string> Words, string Source)> _values = [];

    public IReadOnlyList<string> Profiles { get; } = profiles;

    public (IReadOnlyList<string> Words, string Source)? Find(string name) => _values.TryGetValue(name, out var found) ? found : null;

    public static ParameterFiles Read(
        CommandLine commandLine, BuildContext context, IReadOnlyList<ParameterDeclaration> declarations, List<string> problems)
    {
        var variable = ParameterName.Environment(Profile);
        var named = commandLine.Values.GetValueOrDefault(Profile)
            ?? (context.Environment.GetValueOrDefault(variable) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var files = new ParameterFiles([.. named]);
        if (File.Exists(Path.Combine(context.Root, context.SettingsFolder, "parameters.json")))
        {
            files.Add(context, "parameters.json", declarations, problems);
        }

        foreach (var profile in named)
        {
            if (File.Exists(Path.Combine(context.Root, context.SettingsFolder, $"parameters.{profile}.json")))
            {
                files.Add(context, $"parameters.{profile}.json", declarations, problems);
            }
            else
            {
                var known = Known(Path.Combine(context.Root, context.SettingsFolder));
                problems.Add($"--profile '{profile}': {context.SettingsFolder}/parameters.{profile}.json does not exist.{Suggestion.For(profile, known)} Profiles: {(known.Count > 0 ? string.Join(", ", known) : "none")}.");
            }
        }

        return files;
    }

    private static List<string> Known(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "parameters.*.json")
            .Select(path => Path.GetFileName(path)["parameters.".Length..^".json".Length])
            .Order(StringComparer.Ordinal)]
        : [];

    private void Add(BuildContext context, string file, IReadOnlyList<ParameterDeclaration> declarations, List<string> problems)
    {
        var source = $"{context.SettingsFolder}/{file}";
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(context.Root, context.SettingsFolder, file)));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                problems.Add($"{source} is not a JSON object of parameter names and values.");
                return;
            }

            foreach (var property in document.RootElement.EnumerateObject().Where(property => !property.Name.StartsWith('$')))
            {
                var declaration = declarations.FirstOrDefault(known => ParameterName.Fold(known.Name) == ParameterName.Fold(property.Name));
                if (declaration == null)
                {
                    problems.Add($"{source}: unknown parameter '{property.Name}'.{Suggestion.For(property.Name, declarations.Select(known => known.Name))}");
                }
                else if (declaration is { IsBuiltIn: true, Name: Profile })
                {
                    problems.Add(
                        $"{source}: 'profile' names the files to read, so it cannot be in one; use --profile or {ParameterName.Environment(Profile)}.");
                }
                else if (property.Value.ValueKind != JsonValueKind.Null)
                {
                    _values[declaration.Name] = (Words(property.Value), source);
                }
            }
        }
        catch (JsonException problem)
        {
            problems.Add($"{source} is not JSON: {problem.Message}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{source} cannot be read: {problem.Message}");
        }
    }

    private static IReadOnlyList<string> Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(Words)],
        JsonValueKind.True => ["true"],
        JsonValueKind.False => ["false"],
        _ => [value.ToString()],
    };
}
