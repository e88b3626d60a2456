using MlOpsBuild.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlOpsBuild.Data.Sources.Dvc;

/// <summary>What a <c>.dvc</c> file or a <c>dvc.lock</c> says that is kept.</summary>
internal static class DvcPointer
{
    private const string LockName = "dvc.lock";

    /// <summary>
    /// The pointer and the output that <paramref name="path"/> names: <c>x.csv.dvc</c>, <c>dvc.lock</c>, or either with <c>:output</c>
    /// behind it; null where it is none.
    /// </summary>
    public static (string File, string? Output)? Parse(string path)
    {
        if (IsPointer(path))
        {
            return (path, null);
        }

        var colon = path.IndexOf($"{LockName}:", StringComparison.Ordinal) is var lockFile and >= 0
            ? lockFile + LockName.Length
            : path.IndexOf(".dvc:", StringComparison.Ordinal) + 4;
        return colon > 4 && IsPointer(path[..colon]) ? (path[..colon], path[(colon + 1)..]) : null;
    }

    /// <summary>The outputs.</summary>
    /// <param name="path">The pointer's file.</param>
    /// <param name="output">The path of one of them, as the pointer writes it; null for the only one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UsageException">It is no pointer, names no content, or does not have that output.</exception>
    public static async Task<DvcOutput> ReadAsync(string path, string? output, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UsageException(
                new Finding("MLB1055", "Data file not found", path, null, "a .dvc file or a dvc.lock", "correct the path"));
        }

        var outputs = OutputsOf(path, await File.ReadAllTextAsync(path, cancellationToken));
        var wanted = outputs.Where(each => output == null || each.Name == output).ToList();
        if (wanted.Count != 1)
        {
            throw new UsageException(new Finding(
                "MLB1056", output == null ? "Several outputs" : "No such output", path, output,
                string.Join(", ", outputs.Select(each => each.Name)),
                $"name one of them: {path}:{outputs.Select(each => each.Name).FirstOrDefault("PATH")}"));
        }

        return DvcDigest.IsOne(wanted[0].IsFolder ? wanted[0].Md5[..^4] : wanted[0].Md5) ? wanted[0]
            : throw Unreadable(
                path, Excerpt.Of(wanted[0].Md5),
                "an output with the 32 digits of its md5; other digests, and outputs that are kept outside of DVC's cache, are not read");
    }

    private static bool IsPointer(string path) => path.EndsWith(".dvc", StringComparison.Ordinal) || Path.GetFileName(path) == LockName;

    private static List<DvcOutput> OutputsOf(string path, string text)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            var root = yaml.Documents.Count == 1 ? yaml.Documents[0].RootNode as YamlMappingNode : null;
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            var stages = Path.GetFileName(path) != LockName ? [root]
                : (Child(root, "stages") as YamlMappingNode)?.Children.Values.Select(stage => stage as YamlMappingNode) ?? [];
            var outputs = stages.SelectMany(stage => Outputs(stage, folder)).ToList();
            return outputs.Count > 0 ? outputs : throw Unreadable(path, null, "outs, each with path and md5");
        }
        catch (YamlException problem)
        {
            throw Unreadable(path, Excerpt.Of(problem.Message), "YAML as DVC writes it");
        }
    }

    private static IEnumerable<DvcOutput> Outputs(YamlMappingNode? stage, string folder)
    {
        var within = Path.GetFullPath(Text(stage, "wdir") ?? ".", folder);
        return from output in (Child(stage, "outs") as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? []
               let name = Text(output, "path")
               where name != null
               select new DvcOutput(Path.GetFullPath(name, within), name, Text(output, "md5") ?? "", Text(output, "hash") == null);
    }

    private static string? Text(YamlMappingNode? node, string name) => (Child(node, name) as YamlScalarNode)?.Value;

    private static YamlNode? Child(YamlMappingNode? node, string name) =>
        node != null && node.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;

    private static UsageException Unreadable(string path, string? value, string expected) =>
        new(new Finding("MLB1057", "No pointer that can be read", path, value, expected, "write it with dvc add or dvc repro"));
}
