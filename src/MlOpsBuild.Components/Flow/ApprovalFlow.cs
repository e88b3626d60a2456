using System.Globalization;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Reporting.Lineage;
using MlOpsBuild.Store.Versions;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Somebody's word → an approval that policies count.</summary>
internal static class ApprovalFlow
{
    /// <summary>The entry's action in the audit log.</summary>
    public const string Action = "approve";

    public static async Task ApproveAsync(
        RunSession session, string? only, ApprovalChoices choices, CancellationToken cancellationToken)
    {
        var trust = session.Store.Trust;
        var environment = session.NamedEnvironment ?? LocalEnvironment.Name;
        var (pipeline, version) = await FindAsync(session, only, choices.Version, cancellationToken);
        var (policy, place) = (session.PolicyOf(environment), $"{pipeline}/{environment}");
        var maker = VersionMaker.Of(version, await session.Store.Runs.FindAsync(version.Run, cancellationToken), trust.Keys.Demands);
        var identity = session.Identity;
        if (policy is { Approval: { } rule } && PromotionCheck.DenialOfApproval(
            policy, pipeline, maker,
            Approver.Of(identity.Actor, identity.Names, trust is { Keys.Demands: true, LacksKey: false } ? trust.KeyName : null, rule,
                session.Roles),
            choices.Withdraws, session.Roles)
            is { } denial)
        {
            await new DeniedAct(session.Store, identity).RefuseAsync(Action, place, version.Number, [denial], cancellationToken);
        }

        trust.RequireKey("Approving");

        var (approvals, now) = (new ApprovalStore(session.Store), session.Time.GetUtcNow());
        var approval = new Approval
        {
            Id = approvals.NewId(now), Pipeline = pipeline, Environment = environment, Bundle = version.Bundle, Actor = identity.Actor,
            Names = [.. identity.Names.Select(name => name.ToString())], Reason = choices.Reason, At = now,
            Until = now + Validity(choices.Days, policy?.Approval), Withdraws = choices.Withdraws,
        };
        await approvals.SaveAsync(approval, cancellationToken);
        await session.Store.Audit.AppendAsync(
            identity.Actor, choices.Withdraws ? "withdraw approval" : Action, place, choices.Reason,
            new(StringComparer.Ordinal)
            {
                ["as"] = identity.ToString(), ["until"] = choices.Withdraws ? "" : Time(approval.Until),
                ["version"] = Invariant($"v{version.Number}"),
            },
            cancellationToken);
        Tell(
            session, policy?.Approval, approval, version, maker,
            await approvals.OfAsync(pipeline, environment, version.Bundle, cancellationToken));
    }

    private static void Tell(
        RunSession session, ApprovalRule? rule, Approval approval, ModelVersion version, VersionMaker maker, IReadOnlyList<Approval> all)
    {
        var of = Invariant($"{approval.Pipeline}/{approval.Environment} v{version.Number}");
        session.Output.Good(approval.Withdraws
            ? $"{of}: approvals so far are taken back by {approval.Actor}"
            : $"{of}: approved by {approval.Actor} until {Time(approval.Until)} UTC");
        if (rule == null)
        {
            session.Output.Warn($"No policy asks for approvals on '{approval.Environment}': it is kept, and nothing waits for it.");
            return;
        }

        var counting = ApprovalTally.Counting(rule, all, maker, session.Roles, session.Time.GetUtcNow());
        session.Output.Line(counting.Count >= rule.Count
            ? Invariant($"approved by {string.Join(", ", counting.Select(one => one.Actor))}: {session.Command} Deploy --pipeline {approval.Pipeline} --model-version {version.Number}")
            : Invariant($"{counting.Count} of {rule.Count} approvals; {session.Roles.Describe(rule.By)} may give them"));
    }

    private static TimeSpan Validity(int? days, ApprovalRule? rule)
    {
        if (days is < 1)
        {
            throw new UsageException(new Finding(
                "MLB7093", "An approval that never holds", "--valid-days", days.Value.ToString(CultureInfo.InvariantCulture), "1 or more",
                "leave it out for as long as the policy says"));
        }

        var most = rule?.ValidFor ?? ApprovalRule.UsualValidity;
        return days is { } wanted && TimeSpan.FromDays(wanted) < most ? TimeSpan.FromDays(wanted) : most;
    }

    private static async Task<NamedVersion> FindAsync(
        RunSession session, string? only, string? text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new UsageException(new Finding(
                "MLB7094", "Which version?", "Approve", null, "a version such as v5, or BikeDemand-v5",
                "name it: Approve v5 --reason \"…\""));
        }

        return await NamedVersion.FindAsync(session, only, text, "Approve", cancellationToken);
    }

    private static string Time(DateTimeOffset at) => Invariant($"{at.UtcDateTime:yyyy-MM-dd HH:mm}");
}
