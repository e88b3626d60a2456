using System.Text.Json;

namespace MlOpsBuild.Components;

/// <summary>What NUKE passes over in <c>.nuke/parameters.json</c>: a name in other letters than its own, such as <c>remote</c>.</summary>
internal static class ParameterFiles
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>
    /// Everything that the files of <paramref name="root"/> have against them, one sentence each. What is no JSON NUKE tells itself.
    /// </summary>
    /// <param name="known">What the build has.</param>
    /// <param name="root">The root directory.</param>
    public static IReadOnlyList<string> Problems(BuildParameters known, string root)
    {
        var folder = Path.Combine(root, ".nuke");
        return !Directory.Exists(folder) ? [] :
        [
            .. from file in Directory.EnumerateFiles(folder, "parameters*.json").Order(StringComparer.Ordinal)
               from key in Keys(file)
               let name = known.Find(key)?.Name
               where name != null && name != key
               select $".nuke/{Path.GetFileName(file)}: NUKE passes over \"{key}\": write \"{name}\"",
        ];
    }

    private static List<string> Keys(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file), Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Select(property => property.Name)]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
