namespace MlOpsBuild.Delivery.Governance;

/// <summary>Which approvals count: of different people, whose word counts, that hold now.</summary>
public static class ApprovalTally
{
    /// <summary>The last approval of each person that counts at <paramref name="now"/>; none that was taken back since.</summary>
    /// <remarks>
    /// A withdrawal stands whoever gave it and whatever became of them: <c>Approve</c> asked whether they may. What is dated ahead of now,
    /// or says that it holds longer than the rule lets it, was not written by a build.
    /// </remarks>
    public static IReadOnlyList<Approval> Counting(
        ApprovalRule rule, IReadOnlyList<Approval> approvals, VersionMaker maker, Roles roles, DateTimeOffset now)
    {
        var people = new List<List<(Approval Approval, Approver By)>>();
        foreach (var approval in approvals.Skip(approvals.ToList().FindLastIndex(approval => approval.Withdraws) + 1)
            .Where(approval => approval.At <= now && now < approval.Until && now < approval.At + rule.ValidFor))
        {
            var by = Approver.Of(approval, rule, roles);
            if (!by.IsAmong(rule.By, roles) || !(rule.OwnCounts || by.IsNot(maker, rule)))
            {
                continue;
            }

            // Two who seemed different are one when a third word is of both.
            var same = people.Where(person => person.Any(known => known.By.IsSameAs(by))).ToList();
            people.RemoveAll(same.Contains);
            people.Add([.. same.SelectMany(person => person), (approval, by)]);
        }

        return [.. people.Select(person => person[^1].Approval)];
    }
}
