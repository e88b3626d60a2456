using System.Formats.Tar;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Images.Tests;

public sealed class LayerStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_same_files_give_the_same_bytes_in_any_folder_at_any_time_and_in_any_order()
    {
        var first =
            await WriteAsync([Entry("here/a", "app/a.txt", "one"), Entry("here/b", "app/b/c.txt", "two"), LayerEntry.SharedFolder("tmp")]);
        var other = Entry("there/x", "app/a.txt", "one");
        File.SetLastWriteTimeUtc(other.Content!.Path, new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(other.Content.Path, UnixFileMode.UserRead);
        }

        var second = await WriteAsync([LayerEntry.SharedFolder("tmp"), Entry("there/y", "app/b/c.txt", "two"), other]);

        second.ShouldBe(first);

        // On every machine: another digest means that layers of all images change, by a new runtime for instance.
        Digest.Of(first).ToString().ShouldBe("sha256:851ca00abca074fd8188bdac8535039ccf24cd49fa09106f653b2e17ee454315");
    }

    [Fact]
    public async Task A_layer_holds_files_of_root_of_1970_and_the_folders_above_them_once()
    {
        var layer = await WriteAsync(
        [
            LayerEntry.Program("app/bin/run", File1("r", "#!")), LayerEntry.File("app/text", File1("t", "text")),
            LayerEntry.SharedFolder("tmp")
        ]);

        using var reader = new TarReader(new MemoryStream(layer));
        var entries = new List<(string Name, string Mode)>();
        while (reader.GetNextEntry() is { } entry)
        {
            entries.Add((entry.Name, Convert.ToString((int)entry.Mode, 8)));
            (entry.Uid, entry.Gid, entry.ModificationTime, entry.Format).ShouldBe((0, 0, DateTimeOffset.UnixEpoch, TarEntryFormat.Ustar));
        }

        entries.ShouldBe([("app/", "755"), ("app/bin/", "755"), ("app/bin/run", "755"), ("app/text", "644"), ("tmp/", "1777")]);
    }

    [Fact]
    public void The_key_is_what_the_layer_holds()
    {
        var stage = new LayerStage("x");

        stage.Key([Entry("1", "a", "one")]).ShouldBe(stage.Key([Entry("2", "a", "one")]));
        stage.Key([Entry("3", "a", "two")]).ShouldNotBe(stage.Key([Entry("4", "a", "one")]));
        stage.Key([Entry("5", "b", "one")]).ShouldNotBe(stage.Key([Entry("6", "a", "one")]));
        stage.Key([LayerEntry.Program("a", File1("7", "one"))]).ShouldNotBe(stage.Key([Entry("8", "a", "one")]));
    }

    public void Dispose() => _folder.Dispose();

    private LayerEntry Entry(string here, string path, string text) => LayerEntry.File(path, File1(here, text));

    private Artifact File1(string here, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[here])!);
        File.WriteAllText(_folder[here], text);
        return new(Digest.Of(text), _folder[here]);
    }

    private async Task<byte[]> WriteAsync(IReadOnlyList<LayerEntry> entries)
    {
        var output = Directory.CreateDirectory(_folder[Guid.NewGuid().ToString("N")]).FullName;
        await new LayerStage("x").RunAsync(entries, output, new Progress<string>(), CancellationToken.None);
        return await File.ReadAllBytesAsync(Path.Combine(output, LayerStage.LayerFile));
    }
}
