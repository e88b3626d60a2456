using MlOpsBuild.Store.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Stages.Tests;

public sealed class StageWorkspaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_workspace_is_empty_its_own_and_gone_with_its_content_afterwards()
    {
        using (var one = StageWorkspace.In(_folder.Path))
        using (var two = StageWorkspace.In(_folder.Path))
        {
            two.Folder.ShouldNotBe(one.Folder);
            Directory.EnumerateFileSystemEntries(one.Folder).ShouldBeEmpty();
            Directory.CreateDirectory(Path.Combine(one.Folder, "sub"));
            File.WriteAllText(Path.Combine(one.Folder, "sub", "file"), "content");
        }

        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Leftovers_of_a_dead_owner_are_swept_with_their_content()
    {
        Directory.CreateDirectory(_folder[$"{await DeadAsync()}-abc/sub"]);

        using var workspace = StageWorkspace.In(_folder.Path);

        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBe([workspace.Folder]);
    }

    [Fact]
    public void Folders_of_living_owners_and_of_no_owner_are_left_alone()
    {
        Directory.CreateDirectory(_folder[$"{Environment.ProcessId}-abc"]);
        Directory.CreateDirectory(_folder["notes"]);

        using var workspace = StageWorkspace.In(_folder.Path);

        Directory.EnumerateFileSystemEntries(_folder.Path)
            .ShouldBe([_folder[$"{Environment.ProcessId}-abc"], _folder["notes"], workspace.Folder], ignoreOrder: true);
    }

    [Fact]
    public async Task Builds_that_begin_at_once_sweep_the_same_leftovers_without_failing()
    {
        const int Builds = 4;
        var dead = await DeadAsync();
        using var start = new Barrier(Builds);
        for (var round = 0; round < 20; round++)
        {
            for (var leftover = 0; leftover < 50; leftover++)
            {
                File.WriteAllText(Path.Combine(Directory.CreateDirectory(_folder[$"{dead}-{leftover}"]).FullName, "rows.csv"), "half");
            }

            var workspaces = await Task.WhenAll(Enumerable.Range(0, Builds).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return StageWorkspace.In(_folder.Path);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            Directory.EnumerateFileSystemEntries(_folder.Path)
                .ShouldBe(workspaces.Select(workspace => workspace.Folder), ignoreOrder: true);
            Array.ForEach(workspaces, workspace => workspace.Dispose());
        }
    }

    private async Task<int> DeadAsync()
    {
        using var process = await OtherProcess.StartAsync(
            "lock", Path.Combine(Path.GetTempPath(), Path.GetFileName(_folder.Path) + ".lock"));
        await process.KillAsync();
        File.Delete(Path.Combine(Path.GetTempPath(), Path.GetFileName(_folder.Path) + ".lock"));
        return process.Id;
    }
}
