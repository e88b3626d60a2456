using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Environments.Docker;
using MlOpsBuild.Delivery.Environments.Kubernetes;

namespace MlOpsBuild.Components.Flow;

/// <summary>Where pipelines of this checkout serve, or have served: from files alone, no definition is read and no engine asked.</summary>
internal static class ServingPlaces
{
    /// <summary>Every environment there is.</summary>
    public static readonly IReadOnlyList<string> Environments = [LocalEnvironment.Name, DockerEnvironment.Name, KubernetesEnvironment.Name];

    /// <summary>Whether <paramref name="environment"/> serves images.</summary>
    public static bool ServesImages(string environment) => environment != LocalEnvironment.Name;

    /// <summary>
    /// Whether what a build deploys goes on serving after it where nobody says so: a build server takes its processes and containers with
    /// it, a cluster stays.
    /// </summary>
    public static bool KeepsServing(RunSession session) =>
        !session.IsServerBuild || session.NamedEnvironment == KubernetesEnvironment.Name;

    /// <summary>The environment called <paramref name="name"/>.</summary>
    /// <exception cref="UsageException">There is no such environment.</exception>
    public static string Parse(string name) => Environments.Contains(name) ? name
        : throw new UsageException(
            new Finding("MLB7063", "No such environment", "--environment", name, string.Join(" or ", Environments), "correct the name"));

    /// <summary>Pipelines and environments where something was started on this machine and not ended by <c>Stop</c>.</summary>
    public static IReadOnlyList<ServingPlace> Of(RunSession session) =>
        [.. Environments.SelectMany(environment => EnvironmentFolder.Pipelines(session.Root, environment, session.Environment)
            .Select(pipeline => new ServingPlace(pipeline, environment)))];

    /// <summary>
    /// Whether this machine serves something on <paramref name="environment"/>, or did: one that never served
    /// anything is not the one that should.
    /// </summary>
    public static bool Knows(RunSession session, string environment) =>
        EnvironmentFolder.Pipelines(session.Root, environment, session.Environment).Count > 0;

    /// <summary>Pipelines with versions, and every pipeline of <see cref="Of"/>.</summary>
    public static IReadOnlyList<string> Pipelines(RunSession session)
    {
        var registry = Path.Combine(session.Store.Folder, "registry");
        var registered = Directory.Exists(registry) ? Directory.GetDirectories(registry).Select(folder => Path.GetFileName(folder)) : [];
        return [.. Of(session).Select(place => place.Pipeline).Concat(registered).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>What a look at everything looks at: the environment that was named, or local and wherever something was started.</summary>
    public static IReadOnlyList<ServingPlace> Looked(RunSession session) => session.NamedEnvironment is { } named
        ? [.. Pipelines(session).Select(pipeline => new ServingPlace(pipeline, named))]
        : [.. Pipelines(session).Select(pipeline => new ServingPlace(pipeline, LocalEnvironment.Name)).Concat(Of(session)).Distinct()];

    /// <summary>The environment of an action that nobody named one for: the only one that serves something, or local.</summary>
    /// <exception cref="UsageException">Several serve something.</exception>
    public static string ForAction(RunSession session, string? pipeline)
    {
        if (session.NamedEnvironment is { } named)
        {
            return named;
        }

        var serving = Of(session)
            .Where(place => pipeline == null || place.Pipeline == pipeline)
            .Select(place => place.Environment)
            .Distinct()
            .ToList();
        return serving.Count <= 1 ? serving.FirstOrDefault() ?? LocalEnvironment.Name
            : throw new UsageException(new Finding(
                "MLB7064", "Several environments serve something", "--environment", null, string.Join(" or ", serving),
                "say which one is meant"));
    }
}
