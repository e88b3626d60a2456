using System.Text.Json;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Agents;

/// <summary>Everything that a model may ask of a build.</summary>
internal static class AgentTools
{
    // Each is the name of a tool and of the permission to call it.
    private const string Run = "run";
    private const string Rollback = "rollback";

    private static readonly (string Name, string Schema) Pipeline =
        ("pipeline", """{"type": "string", "description": "a pipeline; the one of the command line by default"}""");
    private static readonly (string Name, string Schema) Targets =
        ("targets", """{"type": "array", "items": {"type": "string"}, "description": "names of targets, as describe lists them"}""");

    private static readonly (string Name, string Schema) Parameters =
        ("parameters", """{"type": "object", "description": "parameters by name, without dashes in front: a text, a number, true, false or a list", "additionalProperties": true}""");

    /// <summary>All tools; whether one may be called is another question.</summary>
    public static IReadOnlyList<AgentTool> All { get; } =
    [
        new(
            "describe", "The build's targets and parameters; with targets, what these do and take. Changes nothing.", null,
            Schema([Targets]),
            arguments => [.. arguments.Targets(), "--help"]),
        new(
            "plan", "What running these targets would do and why, stage by stage: what is restored, what runs. Runs nothing.", null,
            Schema([Targets, Parameters]),
            arguments => [.. arguments.Targets(), .. arguments.Parameters(), "--plan", "--json"]),
        new("status", "What serves where, since when, at which weight. Changes nothing.", null, Schema([]),
            _ => [nameof(IInspect.Status), "--json"]),
        new(
            "report", "The latest report on a tested model (Markdown): is it better, what changed, what to do next. Changes nothing.", null,
            Schema([Pipeline]), null),
        new("history", "Which versions served, who moved them and why; with at, what served at that moment. Changes nothing.", null,
            Schema([Pipeline, ("at", """{"type": "string", "description": "a time in UTC, as 2026-11-20 14:03"}""")]),
            arguments => [nameof(IInspect.History), .. arguments.Switch("pipeline"), .. arguments.Switch("at"), "--json"]),
        new("lineage", "Where a version comes from: bundle, run, data, commit, parameters. Changes nothing.", null,
            Schema([(
                "of",
                """{"type": "string", "description": "a version (v3, BikeDemand-v3), a digest, or the address where it serves; what serves by default"}""")]),
            arguments => [nameof(IInspect.Lineage), .. arguments.Word("of") is { } of ? (string[])[of] : [], "--json"]),
        new(
            "maturity", "The declared MLOps maturity level against the evidence, and the next missing piece. Changes nothing.", null,
            Schema([]),
            _ => [nameof(IInspect.Maturity), "--json"]),
        new(
            Run, "Runs targets, as ./build.sh TARGETS does. This changes things: models are trained, versions registered, traffic moved.",
            Run, Schema([Targets, Parameters], "targets"),
            arguments => [.. Runnable(arguments.Targets(required: true)), .. arguments.Parameters()]),
        new(Rollback, "Puts the version before back, at once. This moves traffic.", Rollback,
            Schema([Pipeline, ("reason", """{"type": "string", "description": "why; goes into the audit log"}""")], "reason"),
            arguments => [nameof(IRollBack.Rollback), .. arguments.Switch("pipeline"), .. arguments.Switch("reason")]),
    ];

    // Each has a permission, or a door, of its own, or is a person's word: no program approves what it made, nor ends what serves.
    private static readonly string[] NotRun =
    [
        nameof(IRollBack.Rollback), nameof(IInspect.Mcp), nameof(IApprove.Approve), nameof(IMaintainStore.Stop),
        nameof(IMaintainStore.Keys), nameof(IInspect.Dashboard),
    ];

    private static IReadOnlyList<string> Runnable(IReadOnlyList<string> targets) =>
        targets.FirstOrDefault(target => NotRun.Contains(target, StringComparer.OrdinalIgnoreCase)) is { } other
            ? throw new UsageException(new Finding(
                "MLB7006", "run does not run this", "targets", other, "another target",
                "call rollback for a rollback; a person approves, stops and opens the page"))
            : targets;

    private static JsonElement Schema(IReadOnlyList<(string Name, string Schema)> properties, params string[] required)
    {
        using var document = JsonDocument.Parse($$"""
            {"type": "object", "properties": { {{string.Join(", ", properties.Select(property => $"\"{property.Name}\": {property.Schema}"))}} }, "required": [{{string.Join(", ", required.Select(name => $"\"{name}\""))}}], "additionalProperties": false}
            """);
        return document.RootElement.Clone();
    }
}
