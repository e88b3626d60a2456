using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>Whatever the connection does, a transfer ends with exactly the blob or with a finding.</summary>
public sealed class BlobTransferPropertyTests
{
    private enum Trouble
    {
        None, None2, None3, CutEarly, CutLate, Error, NoAnswer, Restart, TooFar,
    }

    private static readonly Gen<(int Size, int Chunk, int Least, Trouble[] Course)> Courses =
        from size in Gen.Choose(0, 4000)
        from chunk in Gen.Choose(1, 1500)
        from least in Gen.Choose(0, 1500)
        from course in Gen.Elements(Enum.GetValues<Trouble>()).ArrayOf(30)
        select (size, chunk, least, course);

    [Fact]
    public void An_upload_ends_with_the_blob_or_with_a_finding() => Prop.ForAll(Courses.ToArbitrary(), course =>
    {
        using var world = World(course.Chunk, course.Least, course.Course);
        var blob = Blob.Of(course.Size);
        var done = EndsWell(() => world.PushAsync(blob));
        return world.Stored(blob) is { } stored ? stored.SequenceEqual(blob.Content) : !done;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_download_ends_with_the_blob_or_with_a_finding_and_nothing() => Prop.ForAll(Courses.ToArbitrary(), course =>
    {
        using var world = World(course.Chunk, course.Least, course.Course);
        var blob = world.Registry.Add(Blob.Of(course.Size));
        var done = EndsWell(() => world.PullAsync(blob));
        var files = Directory.GetFiles(Path.GetDirectoryName(world.Target)!);
        return done ? files.Length == 1 && File.ReadAllBytes(world.Target).SequenceEqual(blob.Content) : files.Length == 0;
    }).QuickCheckThrowOnFailure();

    private static bool EndsWell(Func<Task> transfer)
    {
        try
        {
            transfer().GetAwaiter().GetResult();
            return true;
        }
        catch (StageFailedException failure)
        {
            failure.Findings.Count.ShouldBe(1);
            return false;
        }
    }

    private static RegistryWorld World(int chunk, int least, Trouble[] course)
    {
        var world = new RegistryWorld(options: new() { ChunkBytes = chunk });
        var registry = world.Registry;
        registry.LeastChunk = least;
        registry.CutUpload = _ => Cut();
        registry.CutDownload = _ => Cut();
        registry.LosesAnswer = _ => Now() == Trouble.NoAnswer;
        registry.Before = _ =>
        {
            if (Now() == Trouble.Restart)
            {
                registry.Restart();
            }

            return Now() switch
            {
                Trouble.Error => FakeRegistry.Answer(503),
                Trouble.TooFar => FakeRegistry.Answer(416),
                _ => null,
            };
        };
        return world;

        Trouble Now() => course.ElementAtOrDefault(registry.Exchanges.Count - 1);

        int? Cut() => Now() switch
        {
            Trouble.CutEarly => 1,
            Trouble.CutLate => 700,
            _ => null,
        };
    }
}
