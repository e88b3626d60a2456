using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class TagPagesTests : IDisposable
{
    private readonly RegistryWorld _world = new();

    private FakeRegistry Registry => _world.Registry;

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("</v2/team/mlops/tags/list?n=2&last=b>; rel=\"next\"")]
    [InlineData("<http://registry.test:5000/v2/team/mlops/tags/list?n=2&last=b>;rel=next")]
    [InlineData("<list?n=2&last=b>; rel=\"next\"")]
    [InlineData("</first>; rel=\"first\", </v2/team/mlops/tags/list?n=2&last=b>; title=\"x\"; rel=\"next\"")]
    public async Task Pages_are_followed_and_the_tags_are_sorted(string link)
    {
        Registry.Before = exchange => exchange.Uri.Query == "?n=2&last=b"
            ? FakeRegistry.Answer(200, """{"name":"x","tags":["a"]}""")
            : FakeRegistry.Answer(200, """{"name":"x","tags":["c","b"]}""", ("Link", link));

        (await TagsAsync()).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task A_page_that_failed_is_read_again_and_the_former_ones_are_not()
    {
        Registry.Before =
            exchange => exchange.Uri.Query.Length == 0 ? FakeRegistry.Answer(200, """{"tags":["a"]}""", ("Link", "<?page=2>; rel=\"next\""))
                : Registry.Exchanges.Count < 4 ? FakeRegistry.Answer(503)
                : FakeRegistry.Answer(200, """{"tags":["b"]}""");

        (await TagsAsync()).ShouldBe(["a", "b"]);

        Registry.Exchanges.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Pages_that_go_round_in_a_circle_are_told()
    {
        Registry.Before = _ => FakeRegistry.Answer(200, """{"tags":["a"]}""", ("Link", "</v2/team/mlops/tags/list>; rel=\"next\""));

        (await Should.ThrowAsync<StageFailedException>(TagsAsync())).Findings.ShouldHaveSingleItem().What.ShouldContain("circle");
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(200, """{"name":"x","tags":null}""")]
    [InlineData(200, """{"name":"x","tags":[]}""")]
    public async Task A_repository_without_tags_or_without_existence_has_none(int status, string body)
    {
        Registry.Before = _ => FakeRegistry.Answer(status, body);

        (await TagsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<html>Please log in</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"tags":[1]}""")]
    [InlineData("""{"tags":"a"}""")]
    [InlineData("")]
    public async Task An_answer_that_is_no_list_of_tags_is_told(string body)
    {
        Registry.Before = _ => FakeRegistry.Answer(200, body);

        (await Should.ThrowAsync<StageFailedException>(TagsAsync()))
            .Findings.ShouldHaveSingleItem()
            .What.ShouldBe("The registry's answer is no list of tags");
    }

    private Task<IReadOnlyList<string>> TagsAsync() => _world.Client.TagsAsync(CancellationToken.None);
}
