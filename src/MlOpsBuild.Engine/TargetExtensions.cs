using MlOpsBuild.Engine.Definition;

namespace MlOpsBuild.Engine;

/// <summary>Abilities of targets that only this engine has.</summary>
public static class TargetExtensions
{
    /// <summary>Says what the target would do, for <c>--plan</c>; a target without this would run.</summary>
    public static ITargetDefinition Forecasts(this ITargetDefinition definition, Func<CancellationToken, Task<TargetForecast>> forecast) =>
        Change(definition, own => own.Target.Forecast = forecast);

    /// <summary>
    /// Ends the target when one attempt takes longer: its token is cancelled, and soon after it is left behind and counts as failed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public static ITargetDefinition Timeout(this ITargetDefinition definition, TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        return Change(definition, own => own.Target.TimeLimit = limit);
    }

    /// <summary>
    /// Tries a failed target again, all its actions from the first on. A failure that set an exit code other than 1 is an
    /// answer (a gate said no), not an accident, and is not tried again.
    /// </summary>
    /// <param name="definition">The target.</param>
    /// <param name="retries">Attempts after the first, at least 0.</param>
    /// <param name="delay">Time between two attempts; one second by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    public static ITargetDefinition Retry(this ITargetDefinition definition, int retries, TimeSpan? delay = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(retries);
        return Change(definition, own =>
        {
            own.Target.Retries = retries;
            own.Target.RetryDelay = delay ?? TimeSpan.FromSeconds(1);
        });
    }

    /// <summary>How long the target may take to put things right after a stop before it is left behind; one second by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public static ITargetDefinition Grace(this ITargetDefinition definition, TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        return Change(definition, own => own.Target.Grace = time);
    }

    /// <summary>
    /// Says that the target gives a document (<see cref="BuildConsole.Data"/>) when <c>--json</c> asks for one;
    /// other targets refuse the switch.
    /// </summary>
    public static ITargetDefinition HasDocument(this ITargetDefinition definition) =>
        Change(definition, own => own.Target.HasDocument = true);

    /// <summary>
    /// Says that the target writes to standard output itself, for a program that reads there: what is for people goes to standard error.
    /// </summary>
    public static ITargetDefinition OwnsOutput(this ITargetDefinition definition) =>
        Change(definition, own => own.Target.OwnsOutput = true);

    /// <summary>Says what must hold before the build begins, and how the refusal is worded after the target's name.</summary>
    public static ITargetDefinition Requires(this ITargetDefinition definition, Func<bool> holds, string text) =>
        Change(definition, own => own.Target.Requirements.Add(new(holds, text)));

    /// <summary>Shows a use of the target in <c>--help</c>.</summary>
    /// <param name="definition">The target.</param>
    /// <param name="arguments">What is written after <c>./build.sh</c>, for example <c>Train --data hour.csv</c>.</param>
    /// <param name="meaning">What it does, in a few words.</param>
    public static ITargetDefinition Example(this ITargetDefinition definition, string arguments, string meaning) =>
        Change(definition, own => own.Target.Examples.Add((arguments, meaning)));

    private static ITargetDefinition Change(ITargetDefinition definition, Action<TargetDefinition> change)
    {
        change((TargetDefinition)definition);
        return definition;
    }
}
