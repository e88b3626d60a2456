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
                : [NotAmong(place, facts.Identity, "promote", facts.Roles.Describe(policy.Promoters))],
            .. policy.Approval is { } rule ? Unapproved(place, rule, facts) : [],
            .. policy.Freezes.Select(freeze => (Freeze: freeze, End: freeze.EndAt(facts.Now)))
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
            : NotAmong($"{pipeline}/{policy.Environment}", identity, "roll back", roles.Describe(policy.RollbackBy));

    /// <summary>Why <paramref name="identity"/>'s approval would not count here; null when it would.</summary>
    public static Finding? DenialOfApproval(EnvironmentPolicy policy, string pipeline, string? maker, Identity identity, Roles roles)
    {
        var place = $"{pipeline}/{policy.Environment}";
        return policy.Approval is not { } rule ? null
            : !identity.IsAmong(rule.By, roles) ? NotAmong(place, identity, "approve", roles.Describe(rule.By))
            : !rule.OwnCounts && identity.Actor == maker
                ? new(
                    "MLB5038", "Nobody approves what they made", place, identity.ToString(), "somebody else", "ask another approver")
            : null;
    }

    /// <summary>The approvals that count at <paramref name="now"/>: the last of each person, none that was taken back since.</summary>
    public static IReadOnlyList<Approval> Counting(
        ApprovalRule rule, IReadOnlyList<Approval> approvals, string? maker, Roles roles, DateTimeOffset now)
    {
        bool Counts(Approval approval) =>
            new Identity(approval.Actor, [.. approval.Names.Select(Who.TryParse).OfType<Who>()]).IsAmong(rule.By, roles);
        var standing = approvals.Where(Counts).ToList();
        return
        [
            .. standing.Skip(standing.FindLastIndex(approval => approval.Withdraws) + 1)
                .Where(approval => approval.Until > now && (rule.OwnCounts || approval.Actor != maker))
                .GroupBy(approval => approval.Actor)
                .Select(group => group.Last()),
        ];
    }

    private static IEnumerable<Finding> Unapproved(string place, ApprovalRule rule, PromotionFacts facts)
    {
        var counting = Counting(rule, facts.Approvals, facts.Maker, facts.Roles, facts.Now);
        if (counting.Count < rule.Count)
        {
            yield return new(
                "MLB5036", $"v{facts.Version} is not approved", place,
                counting.Count == 0 ? "by nobody" : $"by {string.Join(", ", counting.Select(approval => approval.Actor))} only",
                $"{rule.Count} of {facts.Roles.Describe(rule.By)}{(rule.OwnCounts || facts.Maker == null ? "" : $", other than {facts.Maker}, who made it")}",
                Invariant($"./build.sh Approve v{facts.Version} --pipeline {facts.Pipeline} --reason \"…\""));
        }
    }

    private static Finding NotAmong(string place, Identity identity, string act, string wanted) => new(
        "MLB5034", $"Not permitted to {act}", place, identity.ToString(), wanted,
        "ask one of them, or change the policy of the environment");

    private static Finding Quiet(string place, EnvironmentPolicy policy, AliasMove last) => new(
        "MLB5039", "Nothing is promoted so soon after a rollback", place,
        Invariant($"{last.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC by {last.Actor}: {last.Reason}"),
        Invariant($"{(last.At + policy.QuietAfterRollback).UtcDateTime:yyyy-MM-dd HH:mm} UTC or later"), "find out why, then deploy again");

    private static string Cure(VersionRequirement requirement) => requirement switch
    {
        VersionRequirement.CompleteCard => "say it in the pipeline: .Card(c => c.Owner(…).IntendedUse(…).OutOfScope(…).Limits(…)), and package anew",
        VersionRequirement.PassedTests => "package a version whose tests passed, or share the team's state that has its run",
        VersionRequirement.SignedOrigin => "package it where a key of .nuke/keys is known; ./build.sh Keys makes a pair",
        VersionRequirement.ReviewedCommit => "merge the change by a reviewed pull request, and package its commit",
        _ => throw new ArgumentOutOfRangeException(nameof(requirement), requirement, "A requirement without a cure."),
    };
}
