using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>Compares what a server cost with what it may.</summary>
internal static class BudgetCheck
{
    /// <summary>What is over the budget, and what could not be measured; empty when all is within it.</summary>
    public static IEnumerable<Finding> Of(ServingBudget budget, ServerCost cost)
    {
        if (budget.Start is { } start && cost.Start > start)
        {
            yield return Over(".Start", $"{cost.Start.TotalSeconds:0.00} s to the first answer", $"at most {start.TotalSeconds:0.00} s");
        }

        if (budget.P99 is not null && cost.UnderLoad is null)
        {
            yield return new(
                "MLB5001", "The budget cannot be judged", ".Budget(b => b.P99(…))", "no answer under load", "answers",
                "look at the server's log");
        }
        else if (budget.P99 is { } most && cost.UnderLoad!.P99 > most.TotalMilliseconds)
        {
            yield return Over(
                ".P99", $"99 % of {cost.UnderLoad.Requests} answers under load within {cost.UnderLoad.P99:0.0} ms",
                $"within {most.TotalMilliseconds:0.0} ms");
        }

        if (budget.MemoryMebibytes is { } memory)
        {
            if (cost.MemoryMebibytes is not { } held)
            {
                yield return new(
                    "MLB5001", "The budget cannot be judged", ".Budget(b => b.Memory(…))", "nobody counts the server's memory here",
                    "Linux, or a container engine", "package where it is counted, or leave this budget out");
            }
            else if (held > memory)
            {
                yield return Over(".Memory", $"{held:0.0} MiB held", $"at most {memory} MiB");
            }
        }
    }

    private static Finding Over(string where, FormattableString value, FormattableString expected) => new(
        "MLB5002", "Over the budget", $".Budget(b => b{where}(…))", Text(value), Text(expected),
        "make the model smaller, or raise the budget");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
