using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Store.Runs;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>A passed contract test, for the run's record.</summary>
internal static class ContractChecks
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>What was checked; <paramref name="where"/> stands before the names, empty for a process of this machine.</summary>
    public static IReadOnlyList<CheckOutcome> Of(ContractTestResult tested, ServingBudget budget, string where)
    {
        var checks = new List<CheckOutcome>
        {
            new(where + "golden predictions", Verdict.Passed, Invariant($"{tested.GoldenRows} answers of the server equal training's to the bit")),
            new(where + "wrong input", Verdict.Passed, Invariant($"{tested.RefusedInputs} of {tested.RefusedInputs} refused with a reason")),
        };
        if (budget.Start is { } start && tested.Cost is { } cost)
        {
            checks.Add(new(where + "start", Verdict.Passed, Invariant($"{cost.Start.TotalSeconds:0.00} s to the first answer, at most {start.TotalSeconds:0.00} s")));
        }

        if (budget.P99 is { } limit && tested.Cost?.UnderLoad is { } load)
        {
            checks.Add(new(where + "answers under load", Verdict.Passed, Invariant($"99 % within {load.P99:0.0} ms, at most {limit.TotalMilliseconds:0.0} ms")));
        }

        if (budget.MemoryMebibytes is { } memory && tested.Cost?.MemoryBytes is { } held)
        {
            checks.Add(new(where + "memory", Verdict.Passed, Invariant($"{held / Mebibyte:0.0} MiB, at most {memory} MiB")));
        }

        return checks;
    }

    /// <summary>The same in one line.</summary>
    public static string Line(ContractTestResult tested) => string.Join(", ", new[]
    {
        Invariant($"{tested.GoldenRows} golden predictions equal to the bit, {tested.RefusedInputs} wrong inputs refused"),
        tested.Cost is { } cost ? Invariant($"first answer after {cost.Start.TotalSeconds:0.00} s") : null,
        tested.Cost?.UnderLoad is { } load ? Invariant($"99 % under load within {load.P99:0.0} ms") : null,
        tested.Cost?.MemoryBytes is { } held ? Invariant($"{held / Mebibyte:0} MiB") : null,
    }.OfType<string>());
}
