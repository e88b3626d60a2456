using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Tracking;

namespace MlOpsBuild.Tracking.Models.Tests;

/// <summary>A model of a registry is the one that is pinned, or none.</summary>
public sealed class ModelImportTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] First = Encoding.UTF8.GetBytes("the first model");
    private static readonly byte[] Second = Encoding.UTF8.GetBytes("the second model");
    private readonly TemporaryFolder _folder = new();
    private FakeMlflow _server = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeMlflow.StartAsync(CancellationToken.None);
        _server.Register("Fares", Files(First), alias: "champion").ShouldBe("1");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_pinned_model_is_brought()
    {
        (await BringAsync(Wanted(First))).ShouldBeNull();

        (await File.ReadAllBytesAsync(PathOf(First))).ShouldBe(First);
        Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_can_be_named_by_its_number()
    {
        _server.Register("Fares", Files(Second), alias: "champion");

        (await BringAsync(Wanted(First) with { Alias = null, Version = "1" })).ShouldBeNull();

        (await File.ReadAllBytesAsync(PathOf(First))).ShouldBe(First);
    }

    [Fact]
    public async Task What_is_here_is_not_loaded_again()
    {
        await BringAsync(Wanted(First));
        var before = _server.Requests.Count;

        (await BringAsync(Wanted(First))).ShouldBeNull();

        _server.Requests.Skip(before).ShouldBe(["GET mlflow/registered-models/alias"]);
    }

    [Fact]
    public async Task An_alias_that_names_another_model_by_now_is_told_and_the_pinned_one_is_taken()
    {
        await BringAsync(Wanted(First));
        _server.Register("Fares", Files(Second), alias: "champion");

        var note = (await BringAsync(Wanted(First))).ShouldNotBeNull();

        note.ShouldContain("mlflow://Fares@champion is version 2 there by now");
        note.ShouldContain(Digest.Of(Second).Hex);
        (await File.ReadAllBytesAsync(PathOf(First))).ShouldBe(First);
        var before = _server.Requests.Count;
        (await BringAsync(Wanted(First))).ShouldBe(note);
        _server.Requests.Skip(before).ShouldBe(["GET mlflow/registered-models/alias"]);
        Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_alias_that_names_another_version_with_the_same_content_is_no_news()
    {
        await BringAsync(Wanted(First));
        _server.Register("Fares", Files(First), alias: "champion");

        (await BringAsync(Wanted(First))).ShouldBeNull();
    }

    [Fact]
    public async Task Another_content_than_the_pinned_one_is_never_kept()
    {
        var finding = await RefusedAsync<StageFailedException>(Wanted(Second));

        (finding.Code, finding.Expected).ShouldBe(("MLB4059", Digest.Of(Second).Hex));
        finding.Value!.ShouldBe($"version 1, SHA-256 {Digest.Of(First).Hex}");
        Directory.Exists(_folder["downloads"]).ShouldBeTrue();
        Directory.GetFiles(_folder["downloads"], "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_pin_the_build_says_what_to_write()
    {
        var finding = await RefusedAsync<UsageException>(new("Fares", "champion", null, null));

        finding.Code.ShouldBe("MLB4058");
        finding.Fix.ShouldBe($"write Trainers.Onnx(\"mlflow://Fares@champion\", \"{Digest.Of(First).Hex}\")");
    }

    [Fact]
    public async Task Without_a_server_what_is_here_is_taken_and_what_is_not_is_a_wrong_call()
    {
        var import = new ModelImport(null, _folder.Path, TimeProvider.System);
        (await Should.ThrowAsync<UsageException>(() => import.BringAsync(Wanted(First), PathOf(First), CancellationToken.None)))
            .Findings[0].Code.ShouldBe("MLB4056");
        await BringAsync(Wanted(First));

        (await import.BringAsync(Wanted(First), PathOf(First), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_of_where_the_model_is_here_and_fails_where_it_is_not()
    {
        await BringAsync(Wanted(First));
        await _server.GoAwayAsync(CancellationToken.None);

        (await BringAsync(Wanted(First))).ShouldNotBeNull().ShouldStartWith(
            "whether mlflow://Fares@champion is still the pinned model is not known: no answer from 127.0.0.1");
        (await RefusedAsync<StageFailedException>(Wanted(Second))).Code.ShouldBe("MLB4057");
    }

    [Fact]
    public async Task A_file_that_was_changed_here_is_loaded_anew()
    {
        await BringAsync(Wanted(First));
        await File.WriteAllBytesAsync(PathOf(First), Second);

        (await BringAsync(Wanted(First))).ShouldBeNull();

        (await File.ReadAllBytesAsync(PathOf(First))).ShouldBe(First);
    }

    [Theory]
    [InlineData("Unknown", "champion")]
    [InlineData("Fares", "unknown")]
    public async Task A_name_that_nobody_knows_fails_with_the_servers_words(string name, string alias)
    {
        var finding = await RefusedAsync<StageFailedException>(Wanted(First) with { Name = name, Alias = alias });

        finding.Code.ShouldBe("MLB4057");
        finding.Value!.ShouldContain("not found");
    }

    [Fact]
    public async Task Files_that_are_not_behind_the_server_are_not_reached()
    {
        _server.ArtifactRoot = "s3://bucket/";
        _server.Register("Fares", Files(Second), alias: "champion");

        var finding = await RefusedAsync<StageFailedException>(Wanted(Second));

        (finding.Code, finding.Value).ShouldBe(("MLB4060", "s3://bucket/models/Fares/2/artifacts"));
    }

    private static Dictionary<string, byte[]> Files(byte[] model) => new()
    {
        ["MLmodel"] = "flavors:\n  onnx:\n    data: model.onnx\n"u8.ToArray(), ["model.onnx"] = model,
    };

    private static WantedModel Wanted(byte[] content) => new("Fares", "champion", null, Digest.Of(content));

    private string PathOf(byte[] content) => _folder[$"downloads/{Digest.Of(content).Hex}/model.onnx"];

    private IEnumerable<string> Leftovers() =>
        Directory.GetFiles(_folder["downloads"], "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith("model.onnx", StringComparison.Ordinal));

    private async Task<string?> BringAsync(WantedModel model) => await new ModelImport(
        TrackingServer.Parse(_server.Address, "--mlflow", new Dictionary<string, string>()), _folder.Path, new ManualTime())
        .BringAsync(model, _folder[$"downloads/{model.Pinned?.Hex ?? "unpinned"}/model.onnx"], CancellationToken.None);

    private async Task<Finding> RefusedAsync<T>(WantedModel model) where T : FindingsException =>
        (await Should.ThrowAsync<T>(() => BringAsync(model))).Findings.ShouldHaveSingleItem();
}
