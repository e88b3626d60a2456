using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>Declares who may change what serves on an environment, when, and which versions.</summary>
public sealed class EnvironmentPolicyBuilder
{
    private readonly List<Finding> _findings = [];

    internal EnvironmentPolicyBuilder(EnvironmentPolicy policy) => Policy = policy;

    internal EnvironmentPolicy Policy { get; private set; }

    internal IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Only these may let a version take over.</summary>
    public EnvironmentPolicyBuilder PromotedBy(params Who[] who) => With(Policy with { Promoters = Some(who, nameof(PromotedBy)) });

    /// <summary>Only these may put the version before back, withdraw a canary, or end what serves.</summary>
    public EnvironmentPolicyBuilder RolledBackBy(params Who[] who) => With(Policy with { RollbackBy = Some(who, nameof(RolledBackBy)) });

    /// <summary>Different people must agree first, by <c>./build.sh Approve</c>.</summary>
    /// <param name="by">Whose agreement counts.</param>
    /// <param name="count">How many different people.</param>
    /// <param name="validFor">How long an approval holds; seven days when left out.</param>
    /// <param name="ownCounts">Whether whoever made the version may approve it.</param>
    /// <param name="vouchedBy">
    /// Keys of build servers and of shared machines, which sign for whoever asks; every other key is one person.
    /// </param>
    public EnvironmentPolicyBuilder ApprovedBy(
        Who by, int count = 1, TimeSpan? validFor = null, bool ownCounts = false, IReadOnlyList<Who>? vouchedBy = null)
    {
        if (vouchedBy?.FirstOrDefault(who => who.Kind != WhoKind.Key) is { } other)
        {
            Add($"{nameof(ApprovedBy)}, {nameof(vouchedBy)}", other.ToString(), "keys, as Who.Key(\"0123456789abcdef\")");
        }

        if (count < 1 || validFor <= TimeSpan.Zero)
        {
            Add(nameof(ApprovedBy), $"{count}, {validFor}", "at least one, valid for some time");
        }

        return With(Policy with
        {
            Approval = new(count, [by], validFor ?? ApprovalRule.UsualValidity, ownCounts) { VouchedBy = vouchedBy ?? [] },
        });
    }

    /// <summary>Nothing is promoted in this part of every week.</summary>
    /// <param name="from">The day it begins on.</param>
    /// <param name="at">When.</param>
    /// <param name="until">The day it ends on.</param>
    /// <param name="untilAt">When.</param>
    /// <param name="zone">Whose clock, as tzdata calls it, for example <c>Europe/Berlin</c>.</param>
    /// <param name="why">What it is for.</param>
    public EnvironmentPolicyBuilder FrozenWeekly(
        DayOfWeek from, TimeOnly at, DayOfWeek until, TimeOnly untilAt, string zone, string why)
    {
        if (from == until && at == untilAt)
        {
            Add(nameof(FrozenWeekly), $"{from} {at:HH:mm}", "another end than begin");
        }

        return With(Policy with { Freezes = [.. Policy.Freezes, new WeeklyFreeze(from, at, until, untilAt, zone, why)] });
    }

    /// <summary>Nothing is promoted from one moment to another.</summary>
    /// <param name="from">When it begins, on the clock of <paramref name="zone"/>.</param>
    /// <param name="until">When it ends.</param>
    /// <param name="zone">Whose clock, as tzdata calls it.</param>
    /// <param name="why">What it is for.</param>
    public EnvironmentPolicyBuilder Frozen(DateTime from, DateTime until, string zone, string why)
    {
        if (until <= from)
        {
            Add(
                nameof(Frozen), until.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                "an end after its begin");
        }

        return With(Policy with { Freezes = [.. Policy.Freezes, new DatedFreeze(Of(from), Of(until), zone, why)] });
    }

    /// <summary>Nothing is promoted for so long after a version was rolled back: time to find out why.</summary>
    public EnvironmentPolicyBuilder QuietAfterRollback(TimeSpan time) => With(Policy with { QuietAfterRollback = time });

    /// <summary>A version must have all of these.</summary>
    public EnvironmentPolicyBuilder Requires(params VersionRequirement[] requirements) =>
        With(Policy with { Requirements = [.. Policy.Requirements.Union(requirements)] });

    // A time on the clock of a place, whatever its kind says.
    private static DateTime Of(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Unspecified);

    private EnvironmentPolicyBuilder With(EnvironmentPolicy policy)
    {
        Policy = policy;
        return this;
    }

    private Who[] Some(Who[] who, string where)
    {
        if (who.Length == 0)
        {
            Add(where, null, "at least one Who");
        }

        return who;
    }

    private void Add(string where, string? value, string expected) => _findings.Add(new(
        "MLB5033", "A policy that cannot hold", $"EnvironmentPolicy.On(\"{Policy.Environment}\"), {where}", value, expected,
        "correct the policy"));
}
