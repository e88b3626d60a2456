using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Stages.Tests;

public sealed class SnapshotFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void One_file_is_known_by_its_own_digest() => Files("one").Combined.ShouldBe(Digest.Of("one"));

    [Fact]
    public void The_digest_of_several_files_depends_on_content_and_order()
    {
        var combined = Files("one", "two").Combined;

        Files("one", "two").Combined.ShouldBe(combined);
        Files("two", "one").Combined.ShouldNotBe(combined);
        Files("one", "three").Combined.ShouldNotBe(combined);
        Files("one").Combined.ShouldNotBe(combined);
    }

    [Fact]
    public void Every_file_is_a_part_of_the_key() => Files("one", "two").Key.Select(part => (part.Name, part.Value)).ShouldBe(
        [("data 1", Digest.Of("one").ToString()), ("data 2", Digest.Of("two").ToString())]);

    [Fact]
    public async Task Findings_show_the_original_names()
    {
        var result = await Files("Value\n1\n", "Value\nx\n").ReadAsync(ContractReader.Of<Row>(), null, CancellationToken.None);

        result.Findings.ShouldHaveSingleItem().Where.ShouldBe("original 2, line 2, column Value");
    }

    public void Dispose() => _folder.Dispose();

    private SnapshotFiles Files(params string[] texts)
    {
        var files = texts.Select((text, index) => new Artifact(Digest.Of(text), _folder[$"{index}"])).ToList();
        for (var i = 0; i < texts.Length; i++)
        {
            File.WriteAllText(files[i].Path, texts[i]);
        }

        return new([.. texts.Select((_, index) => $"original {index + 1}")], files);
    }

    private sealed record Row([property: Label] double Value);
}
