using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Engine.Planning.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

/// <summary>A random graph whose targets fail, are left out or run on, at random.</summary>
internal sealed record Scenario(Graph Graph, TargetTraits[] Traits)
{
    private const TargetTraits Failures = TargetTraits.Fails | TargetTraits.Proceeds | TargetTraits.Assured;

    /// <summary>With everything that may happen to a target.</summary>
    public static Arbitrary<Scenario> Any => Of(traits => traits);

    /// <summary>No target fails; one that is left out while others run takes nothing along.</summary>
    public static Arbitrary<Scenario> WithoutFailures =>
        Of(traits => (traits & ~Failures) | (traits.HasFlag(TargetTraits.DynamicallyOut) ? TargetTraits.KeepsDependencies : 0));

    public TargetTraits TraitsOf(string name) => Traits[Array.IndexOf(Graph.Names, name)];

    public bool Has(string name, TargetTraits trait) => TraitsOf(name).HasFlag(trait);

    /// <summary>The target, once run, ends what is not assured.</summary>
    public bool Halts(string name) => Has(name, TargetTraits.Fails) && !Has(name, TargetTraits.Proceeds);

    public override string ToString() =>
        $"{Graph}; {string.Join(", ", Graph.Names.Zip(Traits).Where(pair => pair.Second != 0).Select(pair => $"{pair.First}: {pair.Second}"))}";

    // At most two for half of the targets, so that some scenarios get far.
    private static Arbitrary<Scenario> Of(Func<TargetTraits, TargetTraits> allowed) => (
        from graph in Graph.WithoutCycles.Generator
        let traits = from one in Gen.Elements(Enum.GetValues<TargetTraits>())
                     from other in Gen.Elements(Enum.GetValues<TargetTraits>())
                     from plain in Gen.Elements(true, false)
                     select plain ? TargetTraits.None : one | other
        from all in Gen.ArrayOf(traits, graph.Names.Length)
        select new Scenario(graph, [.. all.Select(allowed)])).ToArbitrary();
}
