using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class BlobUploadTests : IDisposable
{
    private static readonly Blob Large = Blob.Of(3500);
    private static readonly Blob Small = Blob.Of(1000);
    private readonly RegistryWorld _world = new();

    private FakeRegistry Registry => _world.Registry;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_blob_of_at_most_a_chunk_goes_in_one_piece()
    {
        await _world.PushAsync(Small);

        Methods().ShouldBe(["HEAD", "POST", "PUT"]);
        Registry.Exchanges[^1].ContentRange.ShouldBeNull();
        _world.Stored(Small).ShouldBe(Small.Content);
    }

    [Fact]
    public async Task A_larger_one_goes_in_chunks_that_say_where_they_belong()
    {
        await _world.PushAsync(Large);

        Methods().ShouldBe(["HEAD", "POST", "PATCH", "PATCH", "PATCH", "PATCH", "PUT"]);
        Ranges().ShouldBe(["0-999", "1000-1999", "2000-2999", "3000-3499"]);
        _world.Stored(Large).ShouldBe(Large.Content);
    }

    [Fact]
    public async Task Chunks_are_as_large_as_the_registry_wants_them_at_least()
    {
        Registry.LeastChunk = 1500;

        await _world.PushAsync(Large);

        Ranges().ShouldBe(["0-1499", "1500-2999", "3000-3499"]);
    }

    [Fact]
    public async Task A_blob_smaller_than_the_registrys_least_chunk_goes_in_one_piece()
    {
        Registry.LeastChunk = 5000;

        await _world.PushAsync(Large);

        Methods().ShouldBe(["HEAD", "POST", "PUT"]);
        _world.Stored(Large).ShouldBe(Large.Content);
    }

    [Theory]
    [InlineData("http://registry.test:5000")]
    [InlineData("")]
    public async Task A_location_is_followed_absolute_or_relative_and_keeps_its_query(string prefix)
    {
        Registry.Location = path => prefix + path;

        await _world.PushAsync(Large);

        Registry.Exchanges[^1].Uri.AbsoluteUri.ShouldBe(
            $"http://registry.test:5000/v2/team/mlops/blobs/uploads/1?state=a%2Fb&digest={Large.Digest}");
    }

    [Fact]
    public async Task A_location_without_a_query_gets_one()
    {
        Registry.Location = path => path.Split('?')[0];

        await _world.PushAsync(Small);

        Registry.Exchanges[^1].Uri.Query.ShouldBe($"?digest={Small.Digest}");
    }

    [Fact]
    public async Task A_location_on_another_host_is_followed_without_credentials()
    {
        Registry.Before = exchange => exchange.Authorization is null && exchange.Uri.Host == "registry.test" ? Challenge() : null;
        Registry.Location = path => "http://uploads.test" + path;

        await _world.PushAsync(Large);

        Registry.Exchanges.Where(exchange => exchange.Uri.Host == "uploads.test").Select(exchange => exchange.Authorization).Distinct()
            .ShouldBe([null]);
        _world.Stored(Large).ShouldBe(Large.Content);
    }

    [Fact]
    public async Task A_registry_behind_a_proxy_that_calls_itself_http_is_still_spoken_to_in_https()
    {
        using var world = new RegistryWorld("https://registry.test/team/mlops");
        world.Registry.Location = path => "http://registry.test" + path;

        await world.PushAsync(Large);

        world.Registry.Exchanges.ShouldAllBe(exchange => exchange.Uri.Scheme == "https");
    }

    [Fact]
    public async Task A_location_that_leads_out_of_https_is_refused()
    {
        using var world = new RegistryWorld("https://registry.test/team/mlops");
        world.Registry.Location = path => "http://uploads.test" + path;

        var failure = await Should.ThrowAsync<StageFailedException>(world.PushAsync(Large));

        failure.Findings.ShouldHaveSingleItem().What.ShouldContain("without encryption");
        world.Registry.Exchanges.ShouldAllBe(exchange => exchange.Uri.Scheme == "https");
    }

    [Fact]
    public async Task After_a_cut_within_a_chunk_the_registry_is_asked_what_it_has_and_gets_the_rest()
    {
        Registry.CutUpload = exchange => Registry.Count(HttpMethod.Patch) == 2 && exchange.Method == HttpMethod.Patch ? 300 : null;

        await _world.PushAsync(Large);

        Methods().ShouldBe(["HEAD", "POST", "PATCH", "PATCH", "GET", "PATCH", "PATCH", "PATCH", "PUT"]);
        Ranges().ShouldBe(["0-999", "1000-1999", "1300-2299", "2300-3299", "3300-3499"]);
        Registry.Exchanges.Sum(exchange => exchange.Received).ShouldBe(Large.Content.Length, "not one byte is sent twice");
        _world.Stored(Large).ShouldBe(Large.Content);
    }

    [Fact]
    public async Task A_small_blob_that_was_cut_goes_on_in_chunks()
    {
        Registry.CutUpload = exchange => exchange.Method == HttpMethod.Put && Registry.Count(HttpMethod.Put) == 1 ? 400 : null;

        await _world.PushAsync(Small);

        Ranges().ShouldBe(["400-999"]);
        _world.Stored(Small).ShouldBe(Small.Content);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_range_that_may_mean_nothing_or_one_byte_does_no_harm(int arrived)
    {
        Registry.CutUpload = exchange => exchange.Method == HttpMethod.Patch && Registry.Count(HttpMethod.Patch) == 1 ? arrived : null;

        await _world.PushAsync(Large);

        _world.Stored(Large).ShouldBe(Large.Content);
    }

    [Fact]
    public async Task A_lost_session_starts_again()
    {
        Registry.Before = exchange =>
        {
            if (exchange.Method == HttpMethod.Patch && Registry.Count(HttpMethod.Patch) == 3)
            {
                Registry.Restart();
            }

            return null;
        };

        await _world.PushAsync(Large);

        Registry.Count(HttpMethod.Post).ShouldBe(2);
        _world.Stored(Large).ShouldBe(Large.Content);
    }

    [Fact]
    public async Task A_session_that_is_lost_with_the_connection_starts_again()
    {
        Registry.Before = exchange =>
        {
            if (exchange.Method != HttpMethod.Patch || Registry.Count(HttpMethod.Patch) != 3)
            {
                return null;
            }

            Registry.Restart();
            throw new HttpRequestException(HttpRequestError.ResponseEnded);
        };

        await _world.PushAsync(Large);

        Methods().ShouldBe(["HEAD", "POST", "PATCH", "PATCH", "PATCH", "GET", "POST", "PATCH", "PATCH", "PATCH", "PATCH", "PUT"]);
        _world.Stored(Large).ShouldBe(Large.Content);
    }

    [Fact]
    public async Task A_chunk_that_does_not_fit_is_settled_by_asking()
    {
        Registry.LosesAnswer = exchange => exchange.Method == HttpMethod.Patch && Registry.Count(HttpMethod.Patch) == 2;
        Registry.Before = exchange => exchange.Method == HttpMethod.Patch && Registry.Count(HttpMethod.Patch) == 3
            ? FakeRegistry.Answer(416)
            : null;

        await _world.PushAsync(Large);

        Registry.Count(HttpMethod.Get).ShouldBe(2);
        _world.Stored(Large).ShouldBe(Large.Content);
    }

    [Fact]
    public async Task A_registry_that_took_less_than_was_sent_gets_the_rest()
    {
        Registry.CutUpload = exchange => exchange.Method == HttpMethod.Patch && Registry.Count(HttpMethod.Patch) == 1 ? 600 : null;
        Registry.Before = exchange => exchange.Method == HttpMethod.Get ? FakeRegistry.Answer(204, "", ("Range", "0-599")) : null;

        await _world.PushAsync(Large);

        Ranges()[1].ShouldBe("600-1599");
        _world.Stored(Large).ShouldBe(Large.Content);
    }

    [Fact]
    public async Task A_registry_that_never_takes_anything_is_given_up()
    {
        Registry.Before = exchange => exchange.Method == HttpMethod.Patch
            ? FakeRegistry.Answer(202, "", ("Range", "0-0"), ("Location", "/v2/x"))
            : null;

        var failure = await Should.ThrowAsync<StageFailedException>(_world.PushAsync(Large));

        failure.Findings.ShouldHaveSingleItem().Value.ShouldBe("5 times 202 and a range that ends at 0 after 0+1000 bytes");
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_found_to_be_done()
    {
        Registry.LosesAnswer = exchange => exchange.Method == HttpMethod.Put;

        await _world.PushAsync(Large);

        Methods()[^2..].ShouldBe(["PUT", "HEAD"]);
    }

    [Fact]
    public async Task An_upload_that_is_refused_is_cancelled_there()
    {
        Registry.Before = exchange => exchange.Method == HttpMethod.Patch && Registry.Count(HttpMethod.Patch) == 2
            ? FakeRegistry.Answer(413)
            : null;

        var failure = await Should.ThrowAsync<StageFailedException>(_world.PushAsync(Large));

        failure.Findings.ShouldHaveSingleItem().Fix.ShouldNotBeNull().ShouldContain("client_max_body_size");
        Methods()[^1].ShouldBe("DELETE");
        _world.Stored(Large).ShouldBeNull();
    }

    [Fact]
    public async Task A_cancellation_that_fails_does_not_hide_the_refusal()
    {
        Registry.Before = exchange => exchange.Method == HttpMethod.Patch ? FakeRegistry.Answer(403)
            : exchange.Method == HttpMethod.Delete ? throw new HttpRequestException(HttpRequestError.ConnectionError)
            : null;

        (await Should.ThrowAsync<StageFailedException>(_world.PushAsync(Large)))
            .Findings.ShouldHaveSingleItem()
            .What.ShouldBe("The registry does not allow this");
    }

    [Fact]
    public async Task A_registry_that_does_not_say_where_to_upload_is_told_so()
    {
        Registry.Before = exchange => exchange.Method == HttpMethod.Post ? FakeRegistry.Answer(202) : null;

        (await Should.ThrowAsync<StageFailedException>(_world.PushAsync(Large)))
            .Findings.ShouldHaveSingleItem()
            .Expected.ShouldBe("a Location header");
    }

    [Fact]
    public async Task A_missing_file_is_told_before_anything_is_sent()
    {
        var path = _world.Folder["missing"];

        var failure =
            await Should.ThrowAsync<StageFailedException>(_world.Client.PushBlobAsync(Large.Digest, path, null, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().Where.ShouldBe(path);
        Registry.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_becomes_shorter_is_not_taken_for_a_bad_connection()
    {
        var path = Large.In(_world.Folder);
        Registry.Before = exchange =>
        {
            if (exchange.Method == HttpMethod.Patch)
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                file.SetLength(500);
            }

            return null;
        };

        var failure =
            await Should.ThrowAsync<StageFailedException>(_world.Client.PushBlobAsync(Large.Digest, path, null, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().Value.ShouldBe("it became shorter meanwhile");
        Registry.Count(HttpMethod.Patch).ShouldBe(1);
    }

    [Fact]
    public async Task It_stops_at_once_when_cancelled()
    {
        using var stopping = new CancellationTokenSource();
        Registry.Before = exchange =>
        {
            if (Registry.Count(HttpMethod.Patch) == 2)
            {
                stopping.Cancel();
            }

            return null;
        };

        var cancelled = await Should.ThrowAsync<OperationCanceledException>(
            _world.Client.PushBlobAsync(Large.Digest, Large.In(_world.Folder), null, stopping.Token));

        cancelled.CancellationToken.ShouldBe(stopping.Token);
        Registry.Exchanges.Count.ShouldBe(4, "HEAD, POST and two chunks");
    }

    [Fact]
    public async Task Several_blobs_may_go_at_once()
    {
        var blobs = Enumerable.Range(0, 8).Select(index => Blob.Of(2500, (ulong)index)).ToList();

        await Task.WhenAll(blobs.Select(_world.PushAsync));

        blobs.ShouldAllBe(blob => _world.Stored(blob)!.SequenceEqual(blob.Content));
    }

    private static HttpResponseMessage Challenge()
    {
        var response = FakeRegistry.Answer(401);
        response.Headers.WwwAuthenticate.ParseAdd("Basic realm=\"test\"");
        return response;
    }

    private List<string> Methods() => [.. Registry.Exchanges.Select(exchange => exchange.Method.Method)];

    private List<string> Ranges() => [.. Registry.Exchanges.Select(exchange => exchange.ContentRange).OfType<string>()];
}
