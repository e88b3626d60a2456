namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>Declares what a served version may cost: a version over its budget is not registered.</summary>
public sealed class BudgetBuilder
{
    internal ServingBudget Budget { get; private set; } = new();

    /// <summary>
    /// 99 % of the answers come within <paramref name="limit"/> under a bounded load (four callers, one row each,
    /// on the machine that packages).
    /// </summary>
    public BudgetBuilder P99(TimeSpan limit) => With(Budget with { P99 = limit });

    /// <summary>Most memory that the server may hold under that load, in MiB.</summary>
    public BudgetBuilder Memory(int mebibytes) => With(Budget with { MemoryMebibytes = mebibytes });

    /// <summary>Longest time from its start to its first answer.</summary>
    public BudgetBuilder Start(TimeSpan limit) => With(Budget with { Start = limit });

    /// <summary>Largest container image, all layers together, in MB.</summary>
    public BudgetBuilder Image(int megabytes) => With(Budget with { ImageMegabytes = megabytes });

    private BudgetBuilder With(ServingBudget budget)
    {
        Budget = budget;
        return this;
    }
}
