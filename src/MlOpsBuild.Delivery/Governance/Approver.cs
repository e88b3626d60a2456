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
    public static Approver Of(Approval approval, ApprovalRule rule, Roles roles) =>
        Of(approval.Actor, [.. approval.Names.Select(Who.TryParse).OfType<Who>()], approval.Signature?.Key, rule, roles);

    /// <summary>Whoever goes by these names.</summary>
    /// <param name="actor">The name in records.</param>
    /// <param name="claimed">What they say they are.</param>
    /// <param name="key">The key that signs it; null where signatures are not demanded.</param>
    /// <param name="rule">Whose keys vouch for others.</param>
    /// <param name="roles">Which names are one person's.</param>
    public static Approver Of(string actor, IReadOnlyList<Who> claimed, string? key, ApprovalRule rule, Roles roles) =>
        key != null && !rule.VouchedBy.Contains(Who.Key(key))
            ? new(actor, roles.AllOf([Who.Key(key)]), key)
            : new(
                actor, roles.AllOf([.. claimed.Where(name => name.Kind is not (WhoKind.Key or WhoKind.Role or WhoKind.Anyone))]), null);

    /// <summary>Whether their word counts, by who they are.</summary>
    public bool IsAmong(IReadOnlyList<Who> wanted, Roles roles) => new Identity(Actor, Names).IsAmong(wanted, roles);

    /// <summary>Whether they are one person, as far as that can be told.</summary>
    public bool IsSameAs(Approver other) => People(Names).Intersect(People(other.Names)).Any()
        || ((Key == null || other.Key == null) && IsCalled(other.Actor));

    /// <summary>Whether they are known to be somebody else than whoever made the version: not where nobody knows who that was.</summary>
    public bool IsNot(VersionMaker maker, ApprovalRule rule) =>
        !(Key != null && Key == maker.Key)
        && (maker.Actor == null
            ? Key != null && maker.Key != null && !rule.VouchedBy.Contains(Who.Key(maker.Key))
            : !IsCalled(maker.Actor) && !Names.Any(name => Same(name.Name, maker.Actor) || name.ToString() == maker.Actor));

    /// <inheritdoc />
    public override string ToString() => Names.Count == 0 ? Actor : string.Join(", ", Names);

    // The build server is everybody who has it do something.
    private static IEnumerable<Who> People(IReadOnlyList<Who> names) =>
        names.Any(name => name.Kind != WhoKind.Ci) ? names.Where(name => name.Kind != WhoKind.Ci) : names;

    private bool IsCalled(string actor) => Same(Actor, actor);

    // Code hosts do not tell upper from lower case in names.
    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
