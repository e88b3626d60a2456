namespace MlOpsBuild.Delivery.Governance;

/// <summary>
/// Somebody who agrees, by what is proved of them. Where keys are demanded a key is one person, whatever names it gives; only a key that
/// vouches for others (a build server's) is believed when it says who asked.
/// </summary>
public sealed record Approver
{
    private Approver(string actor, IReadOnlyList<Who> names, string? key) => (Actor, Names, Key) = (actor, names, key);

    /// <summary>The name in records.</summary>
    public string Actor { get; }

    /// <summary>All that is proved.</summary>
    public IReadOnlyList<Who> Names { get; }

    /// <summary>The key that is theirs alone; null where names are all there is.</summary>
    public string? Key { get; }

    /// <summary>Whoever gave <paramref name="approval"/>.</summary>
    public static Approver Of(Approval approval, ApprovalRule rule) =>
        Of(approval.Actor, [.. approval.Names.Select(Who.TryParse).OfType<Who>()], approval.Signature?.Key, rule);

    /// <summary>Whoever goes by these names.</summary>
    /// <param name="actor">The name in records.</param>
    /// <param name="claimed">What they say they are.</param>
    /// <param name="key">The key that signs it; null where signatures are not demanded.</param>
    /// <param name="rule">Whose keys vouch for others.</param>
    public static Approver Of(string actor, IReadOnlyList<Who> claimed, string? key, ApprovalRule rule) =>
        key != null && !rule.VouchedBy.Contains(Who.Key(key))
            ? new(actor, [Who.Key(key)], key)
            : new(actor, [.. claimed.Where(name => name.Kind is not (WhoKind.Key or WhoKind.Role or WhoKind.Anyone))], null);

    /// <summary>Whether their word counts, by who they are.</summary>
    public bool IsAmong(IReadOnlyList<Who> wanted, Roles roles) => new Identity(Actor, Names).IsAmong(wanted, roles);

    /// <summary>Whether they are one person, as far as that can be told.</summary>
    public bool IsSameAs(Approver other) => Key != null && other.Key != null ? Key == other.Key
        : IsCalled(other.Actor) || (Key == null && other.Key == null && Names.Intersect(other.Names).Any());

    /// <summary>Whether they are known to be somebody else than whoever made the version: not where nobody knows who that was.</summary>
    public bool IsNot(VersionMaker maker, ApprovalRule rule) =>
        Key != null && maker.Key != null && !rule.VouchedBy.Contains(Who.Key(maker.Key))
            ? Key != maker.Key
            : maker.Actor != null && !IsCalled(maker.Actor) && !Names.Any(name => Same(name.Name, maker.Actor));

    /// <inheritdoc />
    public override string ToString() => Names.Count == 0 ? Actor : string.Join(", ", Names);

    private bool IsCalled(string actor) => Same(Actor, actor);

    // Code hosts do not tell upper from lower case in names.
    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
