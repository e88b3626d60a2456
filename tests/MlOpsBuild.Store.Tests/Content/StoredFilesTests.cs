using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Content.Tests;

public sealed class StoredFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_does_not_exist_yet_has_no_files() => StoredFiles.In(_folder["absent"]).ShouldBeEmpty();

    [Fact]
    public void Records_are_in_the_order_of_their_names_and_leftovers_of_a_killed_writer_are_not_among_them()
    {
        foreach (var name in (string[])["00002.json", "00010.json", "00001.json", "00003.json.4711-0123456789abcdef.tmp"])
        {
            File.WriteAllText(_folder[name], "{}");
        }

        StoredFiles.In(_folder.Path).Select(Path.GetFileName).ShouldBe(["00001.json", "00002.json", "00010.json"]);
    }
}
