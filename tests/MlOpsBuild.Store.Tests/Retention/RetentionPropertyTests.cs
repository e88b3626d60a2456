using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Tests;

namespace MlOpsBuild.Store.Retention.Tests;

public sealed class RetentionPropertyTests
{
    [Fact]
    public void What_is_named_and_what_is_new_never_goes_and_neither_does_its_content() =>
        Prop.ForAll(AnyStore.Arbitrary, store => Holds(store, (machine, before) =>
        {
            var plan = Apply(machine, store.Policy);
            foreach (var (pipeline, number) in before)
            {
                var newest = before.Where(version => version.Pipeline == pipeline)
                    .Select(version => version.Number)
                    .OrderDescending()
                    .Take(store.Newest)
                    .Contains(number);
                var path = $"registry/{pipeline}/versions/{number:00000}.json";
                if (newest || store.Named.Contains((pipeline, number)))
                {
                    machine.Has(path).ShouldBeTrue($"{path} is gone");
                    AnyStore.Parts(pipeline, number).ShouldAllBe(part => machine.Has($"blobs/sha256/{Digest.Of(part).Hex}"));
                }

                plan.Facts.Contains(path).ShouldBe(!machine.Has(path));
            }
        })).QuickCheckThrowOnFailure();

    [Fact]
    public void What_stays_lacks_nothing() => Prop.ForAll(AnyStore.Arbitrary, store => Holds(store, (machine, _) =>
    {
        Apply(machine, store.Policy);
        var facts = new Sharing.LocalFacts(machine.Store.Folder);
        foreach (var digest in facts.Paths()
            .SelectMany(path => Sharing.BlobReferences.In(facts.Read(path)!))
            .Where(digest => digest != Digest.Of("")))
        {
            machine.Store.Blobs.Contains(digest).ShouldBeTrue();
        }

        foreach (var version in new[] { "Demand", "Other" }
            .SelectMany(pipeline => machine.Store.Versions(pipeline).AllAsync(CancellationToken.None).GetAwaiter().GetResult()))
        {
            machine.Store.Runs.FindAsync(version.Run, CancellationToken.None).GetAwaiter().GetResult().ShouldNotBeNull();
        }
    })).QuickCheckThrowOnFailure();

    /// <summary>A word that was given, or taken back, is as long there as what it is about.</summary>
    [Fact]
    public void Approvals_stay_exactly_as_long_as_their_version() =>
        Prop.ForAll(AnyStore.Arbitrary, store => Holds(store, (machine, _) =>
        {
            var before = Approvals(machine);

            Apply(machine, store.Policy);

            var bundles = new[] { "Demand", "Other" }
                .SelectMany(pipeline => machine.Store.Versions(pipeline).AllAsync(CancellationToken.None).GetAwaiter().GetResult())
                .Select(version => version.Bundle.ToString())
                .ToHashSet();
            Approvals(machine).ShouldBe(before.Where(approval => bundles.Contains(approval.Value)));
        })).QuickCheckThrowOnFailure();

    [Fact]
    public void A_dry_run_foretells_exactly_what_goes_and_takes_nothing() =>
        Prop.ForAll(AnyStore.Arbitrary, store => Holds(store, (machine, _) =>
        {
            var before = machine.Files();
            var foretold = new Retention(machine.Store, machine.Time)
                .PlanAsync(store.Policy, CancellationToken.None)
                .GetAwaiter()
                .GetResult();
            machine.Files().ShouldBe(before);

            var done = Apply(machine, store.Policy);

            done.Facts.ShouldBe(foretold.Facts);
            done.Blobs.ShouldBe(foretold.Blobs);
            machine.Files().Count.ShouldBe(before.Count - done.Facts.Count - done.Blobs.Count);
            done.KeptFacts.ShouldBe(new Sharing.LocalFacts(machine.Store.Folder).Paths().Count);
        })).QuickCheckThrowOnFailure();

    [Fact]
    public void More_to_keep_never_takes_more_away() => Prop.ForAll(AnyStore.Arbitrary, store => Holds(store, (machine, _) =>
    {
        var retention = new Retention(machine.Store, machine.Time);
        var strict = retention.PlanAsync(store.Policy, CancellationToken.None).GetAwaiter().GetResult();
        var generous = retention
            .PlanAsync(new(store.Newest + 1, (store.Policy.Age ?? TimeSpan.Zero) + TimeSpan.FromDays(1)), CancellationToken.None)
            .GetAwaiter()
            .GetResult();

        generous.Facts.Except(strict.Facts).ShouldBeEmpty();
        generous.Blobs.Except(strict.Blobs).ShouldBeEmpty();
    })).QuickCheckThrowOnFailure();

    private static SortedDictionary<string, string> Approvals(Machine machine)
    {
        var facts = new Sharing.LocalFacts(machine.Store.Folder);
        return new(
            facts.Paths().Where(path => path.StartsWith("approvals/", StringComparison.Ordinal)).ToDictionary(
                path => path, path => System.Text.Json.Nodes.JsonNode.Parse(facts.Read(path)!)!["bundle"]!.GetValue<string>()),
            StringComparer.Ordinal);
    }

    private static RetentionPlan Apply(Machine machine, RetentionPolicy policy) =>
        new Retention(machine.Store, machine.Time).ApplyAsync(policy, CancellationToken.None).GetAwaiter().GetResult();

    private static bool Holds(AnyStore store, Action<Machine, IReadOnlyList<(string Pipeline, int Number)>> check)
    {
        using var machines = new Machines();
        var machine = machines.Alone();
        store.WriteTo(machine);
        var versions = new Sharing.LocalFacts(machine.Store.Folder)
            .Paths()
            .Select(Sharing.RegistryPath.Parse)
            .OfType<Sharing.RegistryPath>()
            .Where(path => path.Alias == null).Select(path => (path.Pipeline, path.Number)).ToList();
        check(machine, versions);
        return true;
    }
}
