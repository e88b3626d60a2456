using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>YAML as JSON: plain scalars are what YAML 1.2 makes of them, quoted ones are text.</summary>
internal static partial class YamlTree
{
    public static JsonObject Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (JsonObject)Node(stream.Documents.Single().RootNode)!;
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode mapping =>
            new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Node(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Node)]),
        YamlScalarNode { Style: not ScalarStyle.Plain } scalar => scalar.Value,
        YamlScalarNode { Value: null or "" or "~" or "null" } => null,
        YamlScalarNode { Value: "true" or "false" } scalar => scalar.Value == "true",
        YamlScalarNode scalar when Integer().IsMatch(scalar.Value!) => long.Parse(scalar.Value!),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new FormatException($"no scalar, list or mapping: {node}"),
    };

    [GeneratedRegex(@"^-?\d{1,18}$", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();
}
