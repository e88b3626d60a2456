using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Tracking;

/// <summary>A registered model of a <see cref="FakeMlflow"/>.</summary>
public sealed class MlflowModel
{
    internal MlflowModel(string name) => Name = name;

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Tags.</summary>
    public IDictionary<string, string> Tags { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Aliases, and the number of the version that each names.</summary>
    public IDictionary<string, string> Aliases { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Versions, oldest first.</summary>
    public IReadOnlyList<MlflowVersion> Versions => VersionList;

    internal List<MlflowVersion> VersionList { get; } = [];

    internal int Numbered { get; set; }

    internal JsonObject ToJson() => new()
    {
        ["name"] = Name, ["tags"] = MlflowState.Pairs(Tags),
        ["aliases"] = new JsonArray([.. Aliases.Select(alias => new JsonObject { ["alias"] = alias.Key, ["version"] = alias.Value })]),
    };
}
