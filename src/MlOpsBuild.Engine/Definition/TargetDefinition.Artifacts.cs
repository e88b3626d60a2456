namespace MlOpsBuild.Engine.Definition;

/// <summary>What a target leaves, what it uses of others, and the context it runs in.</summary>
internal sealed partial class TargetDefinition
{
    public ITargetDefinition Produces(params string[] artifacts) => With(() => target.Products.AddRange(artifacts));

    public ITargetDefinition Consumes(params Target[] targets) => With(() => Array.ForEach(targets, other => Use(other, [])));

    public ITargetDefinition Consumes<T>(params Func<T, Target>[] targets) => Consumes(Of(targets));

    public ITargetDefinition Consumes(Target target, params string[] artifacts) => With(() => Use(target, artifacts));

    public ITargetDefinition Consumes<T>(Func<T, Target> target, params string[] artifacts) => Consumes(target(Component<T>()), artifacts);

    public ITargetDefinition Consumes<T>(params string[] artifacts) => Consumes(Of<T>([])[0], artifacts);

    public ITargetDefinition DependsOnContext<T>() where T : INukeBuild => With(() =>
    {
        _ = Component<T>();
        foreach (var setup in catalog.Members<Setup>(typeof(T)))
        {
            target.Needs.Add(catalog.Resolve(setup, target));
        }

        foreach (var cleanup in catalog.Members<Cleanup>(typeof(T)).Select(cleanup => catalog.Resolve(cleanup, target)))
        {
            target.Pulls.Add(cleanup);
            cleanup.AssuredAfterFailure = true;
        }
    });

    public ITargetDefinition Partition(int size) => With(() => target.PartitionSize = size > 1
        ? size
        : throw new InvalidOperationException($"Target '{target.Name}' is cut into {size} parts; more than one is expected."));

    private void Use(Target producer, string[] artifacts)
    {
        var other = catalog.Resolve(producer, target);
        target.Follows.Add(other);
        target.Uses.AddRange(artifacts.Length > 0 ? artifacts.Select(artifact => (other, (string?)artifact)) : [(other, null)]);
    }
}
