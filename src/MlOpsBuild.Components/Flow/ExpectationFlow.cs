using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Expectations;
using MlOpsBuild.Data.Stages;

namespace MlOpsBuild.Components.Flow;

/// <summary>Expectations of data that depend on the clock and on the runs before, and what is only told of the others.</summary>
internal static class ExpectationFlow
{
    public static async Task CheckAsync(RunSession session, PipelineRun run, ValidatedData valid, CancellationToken cancellationToken)
    {
        var broken = new List<(Severity Severity, Finding Finding)>(valid.Warnings.Select(warning => (Severity.Warning, warning)));
        foreach (var expectation in run.Specification.Contract.Expectations ?? [])
        {
            var finding = expectation switch
            {
                FreshExpectation fresh when valid.Last is { } newest => fresh.At(newest, Clock(session, run.Specification.Contract)),
                BesideLastExpectation beside when await LastRowsAsync(session, run, cancellationToken) is { } then =>
                    beside.Beside(then, valid.Rows),
                _ => null,
            };
            if (finding != null)
            {
                broken.Add((expectation.Severity, finding));
            }
        }

        broken.Where(found => found.Severity == Severity.Warning).ToList().ForEach(found => session.Output.Warn(found.Finding.ToString()));
        if (broken.Any(found => found.Severity == Severity.Error))
        {
            throw new StageFailedException(
                "The data breaks its contract", [.. broken.Where(found => found.Severity == Severity.Error).Select(found => found.Finding)],
                Verdict.Failed);
        }
    }

    // What the clock of the rows shows: universal time where no zone is declared.
    private static DateTime Clock(RunSession session, DataContract contract)
    {
        var zone = contract.Columns.First(column => column.Timestamp == TimestampPart.Day).Rule.Zone;
        return zone == null
            ? session.Time.GetUtcNow().UtcDateTime
            : TimeZoneInfo.ConvertTime(session.Time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime;
    }

    private static async Task<long?> LastRowsAsync(RunSession session, PipelineRun run, CancellationToken cancellationToken) =>
        (await session.Store.Runs.OfAsync(run.Specification.Name, cancellationToken))
            .Where(other => other.Id != run.Record.Id && other.Rows != null && other.Simulated == run.Record.Simulated
                && other.Data != run.Record.Data)
            .MaxBy(other => other.Started)?.Rows;
}
