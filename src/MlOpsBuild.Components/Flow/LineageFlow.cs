using System.Globalization;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Reporting.History;
using MlOpsBuild.Reporting.Lineage;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Flow;

/// <summary>Where a served version comes from, and which version served when.</summary>
internal static class LineageFlow
{
    private static readonly string[] Forms = ["text", "json", "mermaid"];

    public static async Task LineageAsync(RunSession session, string? of, string? form, CancellationToken cancellationToken)
    {
        var wanted = FormOf(session, form);
        var pipelines = ServingPlaces.Pipelines(session);
        var text = of != null
            && Uri.TryCreate(of, UriKind.Absolute, out var address)
            && address.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? await InspectionFlow.ServingAtAsync(session, address, cancellationToken)
            : of;
        var lineages = new List<LineageStep>();
        foreach (var (pipeline, version) in await VersionSearch.FindAsync(
            session.Store, pipelines, text, session.ChampionOf, cancellationToken))
        {
            lineages.Add(await OfAsync(session, pipeline, version, cancellationToken));
        }

        if (wanted == "json")
        {
            session.Output.Document(lineages);
            return;
        }

        lineages.ForEach(lineage => session.Output.Line(
            (wanted == "mermaid" ? LineageMermaid.Render(lineage) : LineageText.Render(lineage)).TrimEnd()));
    }

    /// <summary>Where one version comes from.</summary>
    public static async Task<LineageStep> OfAsync(
        RunSession session, string pipeline, ModelVersion version, CancellationToken cancellationToken) => LineageComposer.Compose(
        pipeline, version, await session.Store.Versions(pipeline).HistoryAsync(session.ChampionOf(pipeline), cancellationToken),
        await new DeploymentStore(session.Store).OfAsync(pipeline, cancellationToken),
        await session.Store.Runs.FindAsync(version.Run, cancellationToken));

    public static async Task HistoryAsync(RunSession session, string? only, string? at, string? form, CancellationToken cancellationToken)
    {
        var wanted = FormOf(session, form);
        var pipelines = ServingPlaces.Pipelines(session).Where(name => only == null || name == only).ToList();
        if (pipelines.Count == 0)
        {
            throw new UsageException(new Finding(
                "MLB7053", "Nothing was ever deployed", only ?? "this repository", null, "a deployed version",
                "deploy one with ./build.sh Train Deploy; with --remote the team's history is read too"));
        }

        if (at == null)
        {
            await MovesAsync(session, pipelines, wanted, cancellationToken);
            return;
        }

        var moment = Moment(at);
        if (moment > session.Time.GetUtcNow())
        {
            throw new UsageException(new Finding(
                "MLB7054", "That time has not come yet", "--at", Time(moment), $"not after {Time(session.Time.GetUtcNow())} UTC",
                "name a time in the past; times are UTC unless they say otherwise"));
        }

        var audit = await StopsAsync(session, pipelines, moment, cancellationToken);
        var answers = new List<ServedThen>();
        foreach (var pipeline in pipelines)
        {
            answers.Add(ServedHistory.At(
                pipeline, session.EnvironmentOf(pipeline),
                await session.Store.Versions(pipeline).HistoryAsync(session.ChampionOf(pipeline), cancellationToken), audit, moment));
        }

        if (wanted == "json")
        {
            session.Output.Document(answers);
            return;
        }

        answers.ForEach(answer => session.Output.Line(Sentence(answer)));
    }

    // What may have stopped what served then, and what started it again; where nothing was stopped, nobody asks when it was started.
    private static async Task<IReadOnlyList<AuditEntry>> StopsAsync(
        RunSession session, List<string> pipelines, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var subjects = pipelines.Select(pipeline => $"{pipeline}/{session.EnvironmentOf(pipeline)}").ToHashSet();
        var entries = await SayingAsync("stop");
        return entries.Count == 0 ? entries
            : [.. entries.Concat(await SayingAsync("deploy")).Concat(await SayingAsync("rollback")).OrderBy(entry => entry.Sequence)];

        async Task<IReadOnlyList<AuditEntry>> SayingAsync(string action) =>
        [
            .. (await session.Store.Audit.SayingAsync(action, cancellationToken))
                .Where(entry => entry.Action == action && subjects.Contains(entry.Subject) && entry.At <= moment)
        ];
    }

    private static async Task MovesAsync(RunSession session, List<string> pipelines, string form, CancellationToken cancellationToken)
    {
        var (moves, refused) = (new List<(string Pipeline, AliasMove Move)>(), new List<DeploymentRecord>());
        foreach (var pipeline in pipelines)
        {
            var registry = session.Store.Versions(pipeline);
            foreach (var alias in registry.Aliases())
            {
                moves.AddRange((await registry.HistoryAsync(alias, cancellationToken)).Select(move => (pipeline, move)));
            }
        }

        // A version that was refused moved no alias, and was decided on all the same.
        refused.AddRange((await new DeploymentStore(session.Store).WhereAsync(
            (name, outcome) => outcome is DeploymentOutcome.RolledBack or DeploymentOutcome.Withdrawn && pipelines.Contains(name),
            cancellationToken)).OrderBy(record => pipelines.IndexOf(record.Pipeline)));

        if (form == "json")
        {
            session.Output.Document<IReadOnlyList<HistoryEntry>>(
            [
                .. moves.Select(move => new HistoryEntry(move.Pipeline, move.Move, null)),
                .. refused.Select(record => new HistoryEntry(record.Pipeline, null, record))
            ]);
            return;
        }

        session.Output.Table(
            ["When (UTC)", "Pipeline", "Alias", "From", "To", "Kind", "Who", "Why"],
            moves.Select(move => (move.Move.At, Row: (IReadOnlyList<string>)
            [
                Time(move.Move.At), move.Pipeline, move.Move.Alias, Name(move.Move.From), Name(move.Move.To), move.Move.Kind.ToString(),
                move.Move.Actor, move.Move.Reason,
            ])).Concat(refused.Select(record => (At: record.Ended, Row: (IReadOnlyList<string>)
            [
                Time(record.Ended), record.Pipeline, "canary", Name(record.Version), Name(record.From), record.Outcome.ToString(),
                record.Actor ?? "", record.Reason,
            ]))).OrderBy(entry => entry.At).Select(entry => entry.Row));
    }

    private static string Sentence(ServedThen answer)
    {
        if (answer.Version is not { } version)
        {
            return $"{answer.Pipeline}: nothing served at {Time(answer.At)} UTC{(answer.Until is { } first ? $"; the first version came at {Time(first)} UTC" : "")}";
        }

        var until = answer.Until is { } end ? $"until {Time(end)} UTC" : "and serves still";
        return $"{answer.Pipeline}: v{version} served at {Time(answer.At)} UTC, since {Time(answer.Since!.Value)} UTC {until}, put there by {answer.Actor}: {answer.Reason}{(answer.Stopped is { } stopped ? $". But {stopped}" : "")}";
    }

    private static DateTimeOffset Moment(string text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : throw new UsageException(new Finding(
                "MLB7019", "Not a time", "--at", text,
                "a time such as \"2026-11-20 14:03\" (UTC unless it says otherwise) or 2026-11-20T14:03:00+01:00", "correct the value"));

    private static string FormOf(RunSession session, string? form) =>
        session.Output.WantsDocument ? "json" : form == null ? "text" : Forms.Contains(form, StringComparer.OrdinalIgnoreCase)
            ? form.ToLowerInvariant()
            : throw new UsageException(new Finding("MLB7055", "Unknown form", "--as", form, string.Join(", ", Forms), "correct the value"));

    private static string Name(int? version) => version is { } number ? $"v{number}" : "–";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
