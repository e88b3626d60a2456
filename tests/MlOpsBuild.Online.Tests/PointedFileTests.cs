namespace MlOpsBuild.Online.Tests;

public sealed class PointedFileTests
{
    [Fact]
    public async Task A_file_that_was_replaced_before_it_was_opened_is_not_missing()
    {
        var counting = new Queue<string>(["1", "2", "3"]);

        (await PointedFile.ReadAsync(counting.Dequeue, OnlyThreeAsync, CancellationToken.None)).ShouldBe("read 3");
    }

    [Fact]
    public async Task One_that_still_counts_and_is_not_there_is_missing()
    {
        var counting = new Queue<string>(["1", "2", "2", "3"]);

        await Should.ThrowAsync<FileNotFoundException>(PointedFile.ReadAsync(counting.Dequeue, OnlyThreeAsync, CancellationToken.None));
        counting.ShouldBe(["3"]);
    }

    private static Task<string> OnlyThreeAsync(string path, CancellationToken cancellationToken) =>
        path == "3" ? Task.FromResult("read 3") : Task.FromException<string>(new FileNotFoundException());
}
