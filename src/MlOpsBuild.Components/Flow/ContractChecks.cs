using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Modeling.Pipelines;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Tests a server against its contract, and keeps what was found in the run's record.</summary>
internal static class ContractChecks
{
    /// <summary>Tests it; the result of a test that was passed.</summary>
    /// <exception cref="StageFailedException">It does not answer as it should, or costs more than it may.</exception>
    public static async Task<ContractTestResult> RunAsync(
        RunSession session, PipelineRun run, DeliveryParts delivery, ContractTestInput input, string where,
        CancellationToken cancellationToken)
    {
        var tested = (await run.RunAsync(new ContractTestStage(delivery.Environment, session.Time), input, cancellationToken)).Result;
        await run.RecordAsync(
            record => record with
            {
                ProcessesStarted = record.ProcessesStarted + delivery.Started,
                Checks = [.. record.Checks, .. Of(tested, input.Budget, where)]
            },
            cancellationToken);
        return tested;
    }

    /// <summary>What was checked; <paramref name="where"/> stands before the names, empty for a process of this machine.</summary>
    private static List<CheckOutcome> Of(ContractTestResult tested, ServingBudget budget, string where)
    {
        var checks = new List<CheckOutcome>
        {
            tested.Texts
                ? new(where + "answers", Verdict.Passed, Invariant($"{tested.GoldenRows} cases answered by the server with a text"))
                : new(
                    where + "golden predictions", Verdict.Passed,
                    Invariant($"{tested.GoldenRows} answers of the server equal training's to the bit")),
            new(
                where + "wrong input", Verdict.Passed,
                Invariant($"{tested.RefusedInputs} of {tested.RefusedInputs} refused with a reason")),
        };
        if (budget.Start is { } start && tested.Cost is { } cost)
        {
            checks.Add(new(
                where + "start", Verdict.Passed,
                Invariant($"{cost.Start.TotalSeconds:0.00} s to the first answer, at most {start.TotalSeconds:0.00} s")));
        }

        if (budget.P99 is { } limit && tested.Cost?.UnderLoad is { } load)
        {
            checks.Add(new(
                where + "answers under load", Verdict.Passed,
                Invariant($"99 % within {load.P99:0.0} ms, at most {limit.TotalMilliseconds:0.0} ms")));
        }

        if (budget.MemoryMebibytes is { } memory && tested.Cost?.MemoryMebibytes is { } held)
        {
            checks.Add(new(where + "memory", Verdict.Passed, Invariant($"{held:0.0} MiB, at most {memory} MiB")));
        }

        return checks;
    }

    /// <summary>The same in one line.</summary>
    public static string Line(ContractTestResult tested) => string.Join(", ", new[]
    {
        Invariant($"{tested.GoldenRows} {(tested.Texts ? "cases answered" : "golden predictions equal to the bit")}, {tested.RefusedInputs} wrong inputs refused"),
        tested.Cost is { } cost ? Invariant($"first answer after {cost.Start.TotalSeconds:0.00} s") : null,
        tested.Cost?.UnderLoad is { } load ? Invariant($"99 % under load within {load.P99:0.0} ms") : null,
        tested.Cost?.MemoryMebibytes is { } held ? Invariant($"{held:0} MiB") : null,
    }.OfType<string>());
}
