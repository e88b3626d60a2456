using System.Text.Json.Nodes;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Attestations;

/// <summary>What somebody says of an image: an in-toto statement (v1).</summary>
public static class Statement
{
    /// <summary>Its media type.</summary>
    public const string MediaType = "application/vnd.in-toto+json";

    private const string Type = "https://in-toto.io/Statement/v1";

    /// <summary>The statement.</summary>
    /// <param name="name">The image's repository and tag.</param>
    /// <param name="image">Its manifest.</param>
    /// <param name="predicateType">What kind of thing is said.</param>
    /// <param name="predicate">What is said.</param>
    public static byte[] Write(string name, Digest image, string predicateType, JsonNode predicate) =>
        CanonicalJson.Serialize(new JsonObject
        {
            ["_type"] = Type,
            ["subject"] = new JsonArray(new JsonObject { ["name"] = name, ["digest"] = new JsonObject { ["sha256"] = image.Hex } }),
            ["predicateType"] = predicateType,
            ["predicate"] = predicate,
        });

    /// <summary>What is said of <paramref name="image"/>; null when it is said of something else, or of another kind.</summary>
    public static JsonNode? Read(byte[] statement, Digest image, string predicateType) => JsonNode.Parse(statement) is JsonObject read
        && read["_type"]?.GetValue<string>() == Type && read["predicateType"]?.GetValue<string>() == predicateType
        && read["subject"] is JsonArray subjects && subjects.Any(subject => subject?["digest"]?["sha256"]?.GetValue<string>() == image.Hex)
            ? read["predicate"]
            : null;
}
