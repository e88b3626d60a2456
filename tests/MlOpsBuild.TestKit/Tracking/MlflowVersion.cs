using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Tracking;

/// <summary>A version of a registered model of a <see cref="FakeMlflow"/>.</summary>
public sealed class MlflowVersion
{
    internal MlflowVersion(string number, string source, string run) => (Number, Source, Run) = (number, source, run);

    /// <summary>The server's number.</summary>
    public string Number { get; }

    /// <summary>Where its files are.</summary>
    public string Source { get; }

    /// <summary>The server's name of the run that made it.</summary>
    public string Run { get; }

    /// <summary>Tags.</summary>
    public IDictionary<string, string> Tags { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    internal JsonObject ToJson(string model) => new()
    {
        ["name"] = model, ["version"] = Number, ["source"] = Source, ["run_id"] = Run, ["status"] = "READY",
        ["tags"] = MlflowState.Pairs(Tags),
    };
}
