using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOpsBuild.TestKit.Tracking;

/// <summary>Limits and names as MLflow documents and checks them.</summary>
internal static partial class MlflowLimits
{
    /// <summary>Most bytes of a batch.</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>Refuses a batch that is too large, or has names or values that MLflow does not keep.</summary>
    public static void RequireBatch(JsonObject batch, int bytes)
    {
        var (metrics, parameters, tags) = (List(batch, "metrics"), List(batch, "params"), List(batch, "tags"));
        AtMost("bytes", bytes, MostBytes);
        AtMost("metrics", metrics.Count, 1000);
        AtMost("params", parameters.Count, 100);
        AtMost("tags", tags.Count, 100);
        AtMost("metrics, params, and tags", metrics.Count + parameters.Count + tags.Count, 1000);
        metrics.ForEach(metric => RequireKey("metric", Text(metric, "key")));
        parameters.ForEach(parameter => RequirePair("param", parameter, 6000));
        tags.ForEach(tag => RequirePair("tag", tag, 5000));
        if (parameters.GroupBy(parameter => Text(parameter, "key")).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
        {
            throw MlflowRefusal.Invalid($"Duplicate parameter keys have been submitted: {twice}");
        }

        if (metrics.FirstOrDefault(metric => metric["timestamp"] == null || metric["value"] == null) is { } bare)
        {
            throw MlflowRefusal.Invalid($"Got invalid metric {bare.ToJsonString()}: value and timestamp are required");
        }
    }

    /// <summary>Refuses a key or value that MLflow does not keep.</summary>
    public static void RequirePair(string kind, JsonObject pair, int longest)
    {
        RequireKey(kind, Text(pair, "key"));
        Shorter($"{kind} value", Text(pair, "value"), longest);
    }

    /// <summary>Refuses the name of an alias that MLflow does not take.</summary>
    public static void RequireAlias(string alias)
    {
        Shorter("alias", alias, 255);
        if (!AliasName().IsMatch(alias) || alias.Equals("latest", StringComparison.OrdinalIgnoreCase) || VersionName().IsMatch(alias))
        {
            throw MlflowRefusal.Invalid($"Invalid alias name: '{alias}'");
        }
    }

    /// <summary>Refuses a data set that is too long for MLflow's tables.</summary>
    public static void RequireDataset(JsonObject dataset)
    {
        Shorter("dataset name", Text(dataset, "name"), 500);
        Shorter("dataset digest", Text(dataset, "digest"), 36);
        Shorter("dataset source", Text(dataset, "source"), 65535);
        Shorter("dataset schema", Text(dataset, "schema"), 1_048_575);
        Shorter("dataset profile", Text(dataset, "profile"), 16_777_215);
    }

    public static string Text(JsonObject fields, string name) => fields[name]?.ToString() ?? "";

    public static List<JsonObject> List(JsonObject fields, string name) =>
        [.. (fields[name] as JsonArray ?? []).Select(item => item!.AsObject())];

    private static void RequireKey(string kind, string key)
    {
        Shorter($"{kind} key", key, 250);
        var parts = key.Split('/');
        if (key.Length == 0 || !KeyName().IsMatch(key) || parts.Any(part => part is "" or "." or ".."))
        {
            throw MlflowRefusal.Invalid($"Invalid {kind} name: '{key}'");
        }
    }

    private static void Shorter(string what, string text, int longest)
    {
        if (text.Length > longest)
        {
            throw MlflowRefusal.Invalid($"{what} had length {text.Length}, which exceeded length limit of {longest}");
        }
    }

    private static void AtMost(string what, int count, int most)
    {
        if (count > most)
        {
            throw MlflowRefusal.Invalid($"A batch logging request can contain at most {most} {what}. Got {count} {what}.");
        }
    }

    [GeneratedRegex(@"^[/\w.\- ]*$")]
    private static partial Regex KeyName();

    [GeneratedRegex(@"^[\w\-]+$")]
    private static partial Regex AliasName();

    [GeneratedRegex(@"^[vV]\d+$")]
    private static partial Regex VersionName();
}
