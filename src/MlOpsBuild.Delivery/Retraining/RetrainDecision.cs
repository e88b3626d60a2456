using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Modeling.Pipelines;
using static System.FormattableString;

namespace MlOpsBuild.Delivery.Retraining;

/// <summary>Whether a pipeline is trained anew, and why, or why not.</summary>
/// <param name="Triggers">Why; empty when it is not.</param>
/// <param name="WhyNot">Why not; null when it is.</param>
public sealed record RetrainDecision(IReadOnlyList<RetrainTrigger> Triggers, string? WhyNot)
{
    /// <summary>Decides by <paramref name="policy"/>.</summary>
    public static RetrainDecision Of(RetrainPolicy policy, RetrainFacts facts)
    {
        if (facts.Asked)
        {
            return new([new(RetrainCause.Manual, "somebody asked for it")], null);
        }

        List<RetrainTrigger> triggers =
        [
            .. Age(policy, facts), .. Rows(policy, facts),
            .. policy.OnDrift ? Failed(facts.Watched, RetrainCause.Drift, "data") : [],
            .. policy.LossRise != null ? Failed(facts.Watched, RetrainCause.Loss, "loss", "estimated loss") : [],
        ];
        return triggers.Count == 0 ? new([], $"no reason to: {string.Join("; ", Quiet(policy, facts))}")
            : facts.Before is { } before && facts.Now - before < policy.Pause
                ? new([], Invariant($"{triggers[0]}; but it was trained {Span(facts.Now - before)} ago, and the policy waits {Span(policy.Pause)}"))
                : new(triggers, null);
    }

    private static IEnumerable<RetrainTrigger> Age(RetrainPolicy policy, RetrainFacts facts)
    {
        if (policy.Every is { } most && facts.Now - facts.Registered >= most)
        {
            yield return new(
                RetrainCause.Schedule,
                Invariant($"v{facts.Version} is {Span(facts.Now - facts.Registered)} old, and every {Span(most)} it is trained anew"));
        }
    }

    private static IEnumerable<RetrainTrigger> Rows(RetrainPolicy policy, RetrainFacts facts)
    {
        if (policy.RowGrowth is { } growth && facts is { RowsThen: > 0 and var then, RowsNow: { } now } && now >= then * (1 + growth))
        {
            yield return new(
                RetrainCause.Data,
                Invariant($"{now:N0} rows, {then:N0} when v{facts.Version} was made: {(double)now / then - 1:0.#%} more, {growth:0.#%} are enough"));
        }
    }

    // What is shown and not judged counts too: the policy asks for it.
    private static IEnumerable<RetrainTrigger> Failed(MonitorResult? watched, RetrainCause cause, params string[] names) =>
        (watched?.Aspects ?? [])
            .Where(aspect => names.Contains(aspect.Name) && aspect.Verdict == Verdict.Failed
                && (aspect.Judged || cause == RetrainCause.Drift))
            .Take(1)
            .Select(aspect => new RetrainTrigger(cause, $"{aspect.Name}: {aspect.Evidence}"));

    private static IEnumerable<string> Quiet(RetrainPolicy policy, RetrainFacts facts)
    {
        if (policy.Every is { } most)
        {
            yield return Invariant($"v{facts.Version} is {Span(facts.Now - facts.Registered)} old, {Span(most)} are allowed");
        }

        if (policy.RowGrowth is { } growth)
        {
            yield return facts is { RowsThen: { } then, RowsNow: { } now }
                ? Invariant($"{now:N0} rows against {then:N0}, {growth:0.#%} more are wanted")
                : "new rows were not counted";
        }

        foreach (var name in new[] { policy.OnDrift ? "data" : null, policy.LossRise != null ? "loss" : null }.OfType<string>())
        {
            yield return facts.Watched?.Aspects.FirstOrDefault(aspect => aspect.Name == name) is { } aspect
                ? $"{name} {aspect.Verdict}: {aspect.Evidence}"
                : $"{name} was not looked at";
        }
    }

    private static string Span(TimeSpan span) => span switch
    {
        { TotalDays: 1 } => "a day",
        { TotalDays: > 1 } => Invariant($"{span.TotalDays:0.#} days"),
        { TotalHours: >= 1 } => Invariant($"{span.TotalHours:0.#} hours"),
        _ => Invariant($"{span.TotalMinutes:0} minutes"),
    };
}
