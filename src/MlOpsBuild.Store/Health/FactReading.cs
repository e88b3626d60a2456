using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Sharing;
using MlOpsBuild.Store.Stages;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Store.Health;

/// <summary>What the doctor needs to know of one fact.</summary>
/// <param name="Problem">Why it cannot be read, or null.</param>
/// <param name="Times">Times written in it.</param>
/// <param name="Needs">Content it cannot do without, by what it is.</param>
/// <param name="To">The version an alias was moved to.</param>
internal sealed record FactReading(
    string? Problem, IReadOnlyList<DateTimeOffset> Times, IReadOnlyList<(string Name, Digest Digest)> Needs, int? To = null)
{
    public static FactReading Of(string path, byte[] content)
    {
        try
        {
            return path.Split('/') switch
            {
                ["registry", ..] when RegistryPath.Parse(path) is { Alias: null } =>
                    Version(CanonicalJson.Deserialize<ModelVersion>(content)),
                ["registry", ..] => Move(CanonicalJson.Deserialize<AliasMove>(content)),
                ["runs", ..] => Run(CanonicalJson.Deserialize<RunRecord>(content)),
                ["stages", ..] => Stage(CanonicalJson.Deserialize<StageEntry>(content)),
                _ => Other(content),
            };
        }
        catch (JsonException problem)
        {
            return new(problem.Message, [], []);
        }
    }

    private static FactReading Version(ModelVersion version) => version.Bundle == default || version.Model == default || version.Number < 1
        ? new("members are missing", [], [])
        : new(null, [version.At], [("bundle", version.Bundle), ("model", version.Model)]);

    private static FactReading Move(AliasMove move) =>
        string.IsNullOrEmpty(move.Alias) ? new("members are missing", [], []) : new(null, [move.At], [], move.To);

    private static FactReading Run(RunRecord run) => new(null, [run.Started], run.Evidence is { } evidence ? [("evidence", evidence)] : []);

    private static FactReading Stage(StageEntry entry) => entry.Stage == null || entry.Outputs == null || entry.Inputs == null
        ? new("members are missing", [], [])
        : new(null, [entry.At], []);

    private static FactReading Other(byte[] content)
    {
        var fact = CanonicalJson.Deserialize<JsonElement>(content);
        return fact.ValueKind != JsonValueKind.Object || !fact.TryGetProperty("id", out var name) || name.ValueKind != JsonValueKind.String
            ? new("not an object with the member 'id'", [], [])
            : new(
                null,
                fact.TryGetProperty("started", out var started)
                    && started.ValueKind == JsonValueKind.String
                    && started.TryGetDateTimeOffset(out var time)
                    ? [time]
                    : [],
                []);
    }
}
