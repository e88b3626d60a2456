using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>Who acts: one person or build server, by every name it is known by.</summary>
/// <param name="Actor">The name in records, for example <c>ada</c>.</param>
/// <param name="Names">All that they are, for example <c>github:ada</c> and <c>ci:acme/shop@main</c>.</param>
public sealed record Identity(string Actor, IReadOnlyList<Who> Names)
{
    /// <summary>Whoever runs this build.</summary>
    /// <param name="actor">The name in records.</param>
    /// <param name="variables">Environment variables of the build.</param>
    /// <param name="trust">The key that is here, if one is.</param>
    public static Identity Of(string actor, IReadOnlyDictionary<string, string> variables, Trust trust)
    {
        var server = ServerIdentity.Of(
            actor, ChangeBuild.IsProposed(variables), name => variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null);
        var person = server == null ? Who.Local(actor) : server.Person;

        // The key of a build server is nobody's: whoever writes a comment would have it otherwise.
        var key = server is { Branch: null } ? null : trust.KeyName;
        return new(actor, [.. new[] { person, server?.Branch, key == null ? null : Who.Key(key) }.OfType<Who>()]);
    }

    /// <summary>Whether they are among <paramref name="wanted"/>, directly or by a role.</summary>
    public bool IsAmong(IReadOnlyList<Who> wanted, Roles roles) =>
        wanted.SelectMany(roles.Of).Any(who => who.Kind == WhoKind.Anyone || Names.Contains(who));

    /// <inheritdoc />
    public override string ToString() => Names.Count == 0 ? Actor : string.Join(", ", Names);
}
