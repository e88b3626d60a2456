using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class RegistryRefusalsTests : IDisposable
{
    private readonly RegistryWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(403, "", "The registry does not allow this", "give user 'builder' from the test that right")]
    [InlineData(
        404, """{"errors":[{"code":"NAME_UNKNOWN"}]}""", "The registry does not know the repository or the content",
        "create the repository")]
    [InlineData(405, "", "The registry does not support this", "configuration")]
    [InlineData(413, "", "The content is too large for the registry or a proxy before it", "client_max_body_size")]
    [InlineData(507, "", "The registry's disk is full", "free space")]
    [InlineData(
        500, """{"errors":[{"code":"UNKNOWN","message":"unknown error","detail":"write /x: no space left on device"}]}""",
        "The registry's disk is full", "free space")]
    [InlineData(
        500, """{"errors":[{"code":"UNKNOWN","detail":{"DriverName":"filesystem","Enclosed":{"Op":"write","Path":"/x","Err":28}}}]}""",
        "The registry's disk is full", "free space")]
    [InlineData(501, "", "The registry refuses the request", "registry's log")]
    [InlineData(418, "", "The registry refuses the request", "registry's log")]
    public async Task Each_refusal_says_what_it_is_and_what_to_do(int status, string body, string what, string fix)
    {
        var finding = await RefusedAsync(status, body);

        finding.What.ShouldBe(what);
        finding.Where.ShouldBe("PUT http://registry.test:5000/v2/team/mlops/manifests/v1");
        finding.Fix.ShouldNotBeNull().ShouldContain(fix);
        finding.Expected.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task The_registrys_own_errors_are_shown() =>
        (await RefusedAsync(400, """{"errors":[{"code":"MANIFEST_INVALID","message":"manifest invalid","detail":{"Tag":"x"}},{"code":"DENIED","detail":{}}]}""")).Value
            .ShouldBe("400 Bad Request (MANIFEST_INVALID: manifest invalid: {\"Tag\":\"x\"}; DENIED)");

    [Theory]
    [InlineData("<html><h1>Bad gateway of a proxy</h1></html>")]
    [InlineData("""{"errors":"none"}""")]
    [InlineData("""{"errors":[null,17,{"code":null}]}""")]
    [InlineData("""{"errors":[{"code":"\ud800"}]}""")]
    [InlineData("[]")]
    public async Task A_body_that_is_no_registrys_is_left_out(string body) =>
        (await RefusedAsync(400, body)).Value.ShouldBe("400 Bad Request");

    [Fact]
    public async Task Nothing_that_a_server_says_reaches_the_terminal_as_a_command()
    {
        var value = (await RefusedAsync(400, """{"errors":[{"code":"\u001b[2J","message":"a\r\nb"}]}""")).Value;

        value.ShouldBe("400 Bad Request ([2J: a  b)");
    }

    [Fact]
    public async Task A_long_answer_is_cut_short() =>
        (await RefusedAsync(400, $$"""{"errors":[{"code":"{{new string('x', 5000)}}"}]}"""))
            .Value.ShouldNotBeNull()
            .Length.ShouldBeLessThan(500);

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        _world.Registry.Before = _ =>
        {
            var response = FakeRegistry.Answer(400);
            response.Content = new StreamContent(new EndlessStream());
            return response;
        };

        (await Should.ThrowAsync<StageFailedException>(PushAsync())).Findings.ShouldHaveSingleItem().Value.ShouldBe("400 Bad Request");
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_told_by_its_status()
    {
        _world.Registry.Before = _ =>
        {
            var response = FakeRegistry.Answer(403);
            response.Content = new StreamContent(new CutStream(new byte[10], 5));
            return response;
        };

        (await Should.ThrowAsync<StageFailedException>(PushAsync())).Findings.ShouldHaveSingleItem().Value.ShouldBe("403 Forbidden");
    }

    private async Task<Finding> RefusedAsync(int status, string body)
    {
        _world.Registry.Before = _ => FakeRegistry.Answer(status, body);
        return (await Should.ThrowAsync<StageFailedException>(PushAsync())).Findings.ShouldHaveSingleItem();
    }

    private Task<Digest> PushAsync() => _world.Client.PushManifestAsync("v1", "{}"u8.ToArray(), "application/json", CancellationToken.None);

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(buffer.Length);
    }
}
