using MlOpsBuild.Core;
using MlOpsBuild.Store.Versions;
using static System.FormattableString;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>Decides whether a version may be promoted: policy and facts → everything that speaks against it.</summary>
public static class PromotionCheck
{
    /// <summary>Every reason to deny it; empty when it is allowed.</summary>
    public static IReadOnlyList<Finding> DenialsOf(EnvironmentPolicy policy, PromotionFacts facts)
    {
        var place = $"{facts.Pipeline}/{policy.Environment}";
        return
        [
            .. facts.Identity.IsAmong(policy.Promoters, facts.Roles)
                ? Array.Empty<Finding>()
                : [NotAmong(place, facts.Identity.ToString(), "promote", facts.Roles.Describe(policy.Promoters))],
            .. policy.Approval is { } rule ? Unapproved(place, rule, facts) : [],
            .. policy.Freezes.Where(freeze => !freeze.HasClock).Select(freeze => new Finding(
                "MLB5045", "Whether it is frozen cannot be told", place, freeze.Zone, "a name of tzdata, for example Europe/Berlin or UTC",
                "correct the policy's zone, or install tzdata on this machine")),
            .. policy.Freezes.Where(freeze => freeze.HasClock).Select(freeze => (Freeze: freeze, End: freeze.EndAt(facts.Now)))
                .Where(found => found.End != null)
                .Select(found => new Finding(
                    "MLB5035", "Nothing is promoted now: frozen", place, found.Freeze.Describe(found.End!.Value), "a time outside of it",
                    "deploy afterwards; a rollback is never frozen")),
            .. facts.LastRollback is { } last && last.At + policy.QuietAfterRollback > facts.Now ? [Quiet(place, policy, last)]
                : Array.Empty<Finding>(),
            .. policy.Requirements.Where(facts.Lacks.ContainsKey).Select(requirement => new Finding(
                "MLB5037", $"v{facts.Version} does not have what the policy requires", place, facts.Lacks[requirement],
                requirement.ToString(), Cure(requirement))),
        ];
    }

    /// <summary>Why <paramref name="identity"/> may not roll back here; null when they may.</summary>
    public static Finding? DenialOfRollback(EnvironmentPolicy policy, string pipeline, Identity identity, Roles roles) =>
        identity.IsAmong(policy.RollbackBy, roles)
            ? null
            : NotAmong($"{pipeline}/{policy.Environment}", identity.ToString(), "roll back", roles.Describe(policy.RollbackBy));

    /// <summary>Why <paramref name="approver"/>'s word would not count here; null when it would.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="maker">Who made the version.</param>
    /// <param name="approver">Who wants to approve, as far as it is proved.</param>
    /// <param name="withdraws">Whether approvals are to be taken back, which the maker may, too.</param>
    /// <param name="roles">Who has which role.</param>
    public static Finding? DenialOfApproval(
        EnvironmentPolicy policy, string pipeline, VersionMaker maker, Approver approver, bool withdraws, Roles roles)
    {
        if (policy.Approval is not { } rule)
        {
            return null;
        }

        var (place, isAnother) = ($"{pipeline}/{policy.Environment}", approver.IsNot(maker, rule));
        return approver.IsAmong(rule.By, roles)
            ? withdraws || rule.OwnCounts || isAnother ? null
                : maker.Actor == null && (approver.Key == null || approver.Key != maker.Key) ? new(
                    "MLB5043", "Nobody knows who made it", place, approver.ToString(), "somebody else than its maker",
                    "share the team's state that has its run, or train another candidate where it is signed")
                : new("MLB5038", "Nobody approves what they made", place, approver.ToString(), "somebody else", "ask another approver")
            : withdraws && !isAnother && maker != VersionMaker.Unknown ? null
            : approver.Key != null ? new(
                "MLB5044", "The key that signs is not one whose word counts", place, approver.ToString(), roles.Describe(rule.By),
                "list it there; or, if it signs for others, name it in the policy: ApprovedBy(…, vouchedBy: [Who.Key(\"…\")])")
            : NotAmong(place, approver.ToString(), "approve", roles.Describe(rule.By));
    }

    private static IEnumerable<Finding> Unapproved(string place, ApprovalRule rule, PromotionFacts facts)
    {
        var counting = ApprovalTally.Counting(rule, facts.Approvals, facts.Maker, facts.Roles, facts.Now);
        if (counting.Count < rule.Count)
        {
            yield return new(
                "MLB5036", $"v{facts.Version} is not approved", place,
                counting.Count == 0 ? "by nobody" : $"by {string.Join(", ", counting.Select(approval => approval.Actor))} only",
                $"{rule.Count} of {facts.Roles.Describe(rule.By)}{Others(rule, facts.Maker)}",
                Invariant($"./build.sh Approve v{facts.Version} --pipeline {facts.Pipeline} --reason \"…\""));
        }
    }

    private static string Others(ApprovalRule rule, VersionMaker maker) => rule.OwnCounts ? ""
        : maker.Actor == null && maker.Key == null ? ", other than who made it, which nobody knows here: share the team's state that has its run"
        : $", other than {maker.Actor ?? $"key:{maker.Key}"}, who made it";

    private static Finding NotAmong(string place, string identity, string act, string wanted) => new(
        "MLB5034", $"Not permitted to {act}", place, identity, wanted,
        "ask one of them, or change the policy of the environment");

    private static Finding Quiet(string place, EnvironmentPolicy policy, AliasMove last) => new(
        "MLB5039", "Nothing is promoted so soon after a rollback", place,
        Invariant($"{last.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC by {last.Actor}: {last.Reason}"),
        Invariant($"{(last.At + policy.QuietAfterRollback).UtcDateTime:yyyy-MM-dd HH:mm} UTC or later"), "find out why, then deploy again");

    private static string Cure(VersionRequirement requirement) => requirement switch
    {
        VersionRequirement.CompleteCard => "say it in the pipeline: .Card(c => c.Owner(…).IntendedUse(…).OutOfScope(…).Limits(…)), and package anew",
        VersionRequirement.PassedTests => "declare tests of its behaviour in the pipeline: .Behaviour(t => …), and package a version that passes them",
        VersionRequirement.SignedOrigin => "train the next candidate where a key of .nuke/keys is known (a bundle keeps its first registration); ./build.sh Keys makes a pair",
        VersionRequirement.ReviewedCommit => "merge the change by a reviewed pull request, and train the candidate from its commit (a bundle keeps its first registration)",
        _ => throw new ArgumentOutOfRangeException(nameof(requirement), requirement, "A requirement without a cure."),
    };
}
