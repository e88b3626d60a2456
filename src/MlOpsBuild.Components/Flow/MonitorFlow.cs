using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Store.Content;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Log of what was answered → verdict on what serves.</summary>
internal static class MonitorFlow
{
    private const string Action = "monitor";

    public static async Task MonitorAsync(
        RunSession session, IReadOnlyList<PipelineRun> runs, AlertSettings alerts, CancellationToken cancellationToken)
    {
        using var told = new AlertFlow(session, alerts);
        var (results, failures) = (new List<MonitorResult>(), new List<Finding>());
        foreach (var run in runs)
        {
            var environment = ServingPlaces.ForAction(session, run.Specification.Name);
            if (await WatchAsync(session, run.Specification, environment, cancellationToken) is not { } watched)
            {
                session.Output.Line($"{run.Specification.Name}/{environment}: no version serves");
                continue;
            }

            var result = await ViewMonitorFlow.JudgeAsync(
                session, run, watched, watched.Judge(session.Time.GetUtcNow().UtcDateTime), cancellationToken);
            results.Add(result);
            await KeepAsync(session, result, cancellationToken);
            Show(session, result);
            if (result.Verdict == Verdict.Failed)
            {
                failures.AddRange(result.Failures.Select(aspect =>
                    new Finding(
                        "MLB7081", $"{aspect.Name}: {aspect.Verdict}{(aspect.Since is { } since ? Invariant($" since {since:yyyy-MM-dd}") : "")}",
                        Invariant($"{result.Pipeline}/{result.Environment}, v{result.Version}"), aspect.Evidence, "as on the hold-out",
                        "./build.sh Rollback --reason …, or train anew on newer rows: ./build.sh Train Deploy")));
            }
        }

        await told.TellAsync(results, cancellationToken);
        if (session.Output.WantsDocument)
        {
            session.Output.Document<IReadOnlyList<MonitorResult>>(results);
        }

        if (results.Count == 0)
        {
            throw new UsageException(new Finding(
                "MLB7082", "There is nothing to look after", "Monitor", "no version serves", "a version that serves",
                "deploy one with ./build.sh Train Deploy"));
        }

        if (failures.Count > 0)
        {
            throw new StageFailedException("What serves is not as good as it was", failures, Verdict.Failed);
        }
    }

    /// <summary>The version that serves, with what it promised and what it answered; null where none does.</summary>
    public static async Task<WatchedVersion?> WatchAsync(
        RunSession session, PipelineSpec specification, string environment, CancellationToken cancellationToken)
    {
        if (await session.Store.Versions(specification.Name).ResolveAsync(EnvironmentAlias.Of(environment), cancellationToken)
            is not { } champion)
        {
            return null;
        }

        await session.Store.MaterialiseAsync(new OutputProgress(session.Output), cancellationToken);
        var bundle = await Bundle.OpenAsync(session.Store, champion.Bundle, cancellationToken);
        var contract = await bundle.ReadAsync<DataContract>(BundlePart.Contract, cancellationToken);
        var part = await bundle.PartAsync(BundlePart.Rows, cancellationToken);
        List<LabelledRow> rows = [.. File.ReadLines(part.Path).Select(LabelledRow.Parse)];
        var input = new MonitorInput(
            specification.Name, environment, contract, await bundle.ReadAsync<DataProfile>(BundlePart.Profile, cancellationToken), rows,
            LossReference.Of(specification.Loss, specification.Target.Classes, rows), specification.Slices, specification.Monitoring,
            specification.Drift);
        using var delivery = DeliveryParts.Look(session, specification.Name, environment);
        var (versions, strayed) = await new ServedRowsReader(contract).ReadAsync(
            await delivery.Environment.PredictionsAsync(cancellationToken), DateTime.MinValue, cancellationToken);
        if (strayed > 0)
        {
            session.Output.Warn(Invariant($"{strayed:N0} labels belong to no prediction in the log: wrong ids, or their predictions were rotated away"));
        }

        return new(
            champion, input,
            versions.FirstOrDefault(version => version.Version == champion.Number) ?? ServedRows.None(champion.Number));
    }

    // One may look every minute: the audit log is told when the answer is another one.
    private static async Task KeepAsync(RunSession session, MonitorResult result, CancellationToken cancellationToken)
    {
        var subject = $"{result.Pipeline}/{result.Environment}";
        await new MonitorResultStore(session.Store).SaveAsync(result, cancellationToken);
        var (version, verdict) = (Invariant($"v{result.Version}"), result.Verdict.ToString());
        var last = await session.Store.Audit.NewestAsync(
            subject, entry => entry.Action == Action && entry.Subject == subject, cancellationToken);
        if (last?.Details.GetValueOrDefault("version") != version || last.Details.GetValueOrDefault("verdict") != verdict)
        {
            await session.Store.Audit.AppendAsync(
                session.Actor, Action, subject, Reason(result),
                new(StringComparer.Ordinal) { ["version"] = version, ["verdict"] = verdict }, CancellationToken.None);
        }
    }

    private static string Reason(MonitorResult result) =>
        result.Aspects.FirstOrDefault(aspect => aspect.Judged && aspect.Verdict == result.Verdict) is { } telling
            ? $"{telling.Name}: {telling.Evidence}"
            : "nothing to tell by";

    private static void Show(RunSession session, MonitorResult result)
    {
        session.Output.Table(
            ["Looked at", "Verdict", "Since", "Evidence"],
            result.Aspects.Select(aspect => (IReadOnlyList<string>)
            [
                aspect.Name, aspect.Judged ? aspect.Verdict.ToString() : $"({aspect.Verdict})",
                aspect.Since is { } since ? Invariant($"{since:yyyy-MM-dd}") : "", aspect.Evidence
            ]));
        if (result.Slices.Count > 0 && result.Verdict == Verdict.Failed)
        {
            session.Output.Table(
                ["Rows with", "Labelled", "Loss", "On the hold-out", "Part of the rise"],
                result.Slices.Select(slice => (IReadOnlyList<string>)
                [
                    $"{slice.Column} = {slice.Value}", Invariant($"{slice.Rows:N0}"), Invariant($"{slice.Loss:G4}"),
                    Invariant($"{slice.HoldOut:G4}"), Invariant($"{slice.Share:0 %}")
                ]));
        }

        var line = Invariant(
            $"{result.Pipeline}/{result.Environment} v{result.Version}: {result.Verdict}, {result.Rows:N0} rows from {result.From:yyyy-MM-dd} on, {result.Labelled:N0} with labels");
        session.Note(result.Verdict.ToString());
        if (result.Verdict == Verdict.Passed)
        {
            session.Output.Good(line);
        }
        else
        {
            session.Output.Warn(line);
        }
    }
}
