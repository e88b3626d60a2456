using System.Security.Cryptography;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Sources.Dvc.Tests;

#pragma warning disable CA5351 // DVC names content by MD5.

/// <summary>
/// Digests of folders are those that DVC's own tests expect (tests/func/test_data_cloud.py, test_diff.py; dvc-data's test_build.py).
/// </summary>
public sealed class DvcSourceTests : IDisposable
{
    private const string OneAndTwo = "6b18131dc289fd37006705affe961ef8.dir";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_pointer_gives_the_file_that_it_names()
    {
        Write("data/hour.csv", "rows");
        Write("data/hour.csv.dvc", Pointer("hour.csv", Md5("rows")));

        var file = (await FindAsync("data/hour.csv.dvc")).ShouldHaveSingleItem();

        (file.Name, file.Path, file.Digest).ShouldBe(("hour.csv", _folder["data/hour.csv"], Digest.Of("rows")));
    }

    [Theory]
    [InlineData("6b18131dc289fd37006705affe961ef8.dir", "one=one", "two=two")]
    [InlineData("5fb6b29836c388e093ca0715c872fe2a.dir", "1=1", "2=2")]
    [InlineData("5ea40360f5b4ec688df672a4db9c17d1.dir", "foo=foo", "bar=bar")]
    [InlineData("0dab3fae569586d4c33272e5011605bf.dir", "file=text")]
    public async Task A_folder_has_the_digest_that_dvc_gives_it(string digest, params string[] files)
    {
        foreach (var file in files)
        {
            Write($"data/{file.Split('=')[0]}", file.Split('=')[1]);
        }

        Write("data.dvc", Pointer("data", digest));

        (await FindAsync("data.dvc")).Select(file => file.Name)
            .ShouldBe(files.Select(file => file.Split('=')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_not_in_its_place_comes_from_the_cache_under_its_own_name()
    {
        Cache("files/md5", Md5("one"), "one");
        Cache("files/md5", Md5("two"), "two");
        Cache(
            "files/md5", OneAndTwo,
            """[{"md5": "f97c5d29941bfb1b2fdab0874906ab82", "relpath": "one"}, {"md5": "b8a9f715dbb64fd5c56e7783c6820a61", "relpath": "two"}]""");
        Write("data.dvc", Pointer("data", OneAndTwo));

        var files = await FindAsync("data.dvc");

        files.Select(file => (file.Name, file.Digest)).ShouldBe([("one", Digest.Of("one")), ("two", Digest.Of("two"))]);
    }

    [Fact]
    public async Task The_cache_lies_where_the_configuration_says()
    {
        Write(".dvc/config", "[core]\n    remote = s3\n    dir = elsewhere\n[cache]\n    dir = ../kept\n");
        Write($"kept/files/md5/{Md5("rows")[..2]}/{Md5("rows")[2..]}", "rows");
        Write("deep/er/hour.csv.dvc", Pointer("hour.csv", Md5("rows")));

        (await FindAsync("deep/er/hour.csv.dvc")).ShouldHaveSingleItem().Digest.ShouldBe(Digest.Of("rows"));
    }

    [Fact]
    public async Task A_lock_has_outputs_of_stages_each_by_its_path()
    {
        Write("data/a.csv", "a");
        Write("data/b.csv", "b");
        Write("dvc.lock", $$"""
            schema: '2.0'
            stages:
              first:
                cmd: python first.py
                deps:
                - path: first.py
                  hash: md5
                  md5: 00000000000000000000000000000000
                outs:
                - path: data/a.csv
                  hash: md5
                  md5: {{Md5("a")}}
              second:
                cmd: python second.py
                outs:
                - path: data/b.csv
                  hash: md5
                  md5: {{Md5("b")}}
            """);

        (await FindAsync("dvc.lock:data/b.csv")).ShouldHaveSingleItem().Digest.ShouldBe(Digest.Of("b"));
        (await SourceFiles.FindAsync(
            DataSource.Dvc("dvc.lock", "data/a.csv"), _folder.Path, new(_folder["index"], TimeProvider.System), CancellationToken.None))
            .ShouldHaveSingleItem().Name.ShouldBe("a.csv");
        (await Should.ThrowAsync<UsageException>(FindAsync("dvc.lock")))
            .Findings.ShouldHaveSingleItem()
            .Expected.ShouldBe("data/a.csv, data/b.csv");
        (await Should.ThrowAsync<UsageException>(FindAsync("dvc.lock:data/c.csv")))
            .Findings.ShouldHaveSingleItem()
            .What.ShouldBe("No such output");
    }

    [Fact]
    public async Task Another_content_than_the_named_one_is_told_even_where_the_cache_has_the_right_one()
    {
        Write("data/hour.csv", "changed");
        Cache("files/md5", Md5("rows"), "rows");
        Write("data/hour.csv.dvc", Pointer("hour.csv", Md5("rows")));

        var finding = (await RefusedAsync("data/hour.csv.dvc")).ShouldHaveSingleItem();

        (finding.What, finding.Value, finding.Expected).ShouldBe(("The file is not the one that DVC names", Md5("changed"), Md5("rows")));
    }

    [Fact]
    public async Task A_damaged_cache_is_told()
    {
        Cache("files/md5", Md5("rows"), "rotten");
        Cache("files/md5", OneAndTwo, "[]");
        Write("hour.csv.dvc", Pointer("hour.csv", Md5("rows")));
        Write("data.dvc", Pointer("data", OneAndTwo));

        (await RefusedAsync("hour.csv.dvc")).ShouldHaveSingleItem().What.ShouldBe("A file of DVC's cache is damaged");
        (await RefusedAsync("data.dvc")).ShouldHaveSingleItem().What.ShouldBe("A file of DVC's cache is damaged");
    }

    [Fact]
    public async Task What_is_nowhere_is_told_with_the_command_that_brings_it()
    {
        Write("hour.csv.dvc", Pointer("hour.csv", Md5("rows")));
        Write("data.dvc", Pointer("data", OneAndTwo));

        (await RefusedAsync("hour.csv.dvc")).ShouldHaveSingleItem().Fix.ShouldBe("dvc pull");
        (await RefusedAsync("data.dvc")).ShouldHaveSingleItem().Fix.ShouldBe("dvc pull");
    }

    [Fact]
    public async Task Files_too_many_too_few_and_changed_are_told_at_once()
    {
        Cache(
            "files/md5", OneAndTwo,
            """[{"md5": "f97c5d29941bfb1b2fdab0874906ab82", "relpath": "one"}, {"md5": "b8a9f715dbb64fd5c56e7783c6820a61", "relpath": "two"}]""");
        Write("data/one", "another");
        Write("data/three", "three");
        Write("data.dvc", Pointer("data", OneAndTwo));

        (await RefusedAsync("data.dvc")).Select(finding => (finding.What, Path.GetFileName(finding.Where))).ShouldBe(
            [
                ("A file that DVC does not name", "three"), ("The file is not the one that DVC names", "one"),
                ("A file that DVC names is not here", "two")
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_list_that_leads_out_of_its_folder_is_refused()
    {
        var list = """[{"md5": "f97c5d29941bfb1b2fdab0874906ab82", "relpath": "../secret"}]""";
        Write("secret", "one");
        Cache("files/md5", Md5(list) + ".dir", list);
        Write("data.dvc", Pointer("data", Md5(list) + ".dir"));

        (await RefusedAsync("data.dvc")).ShouldHaveSingleItem().What.ShouldBe("A file of DVC's cache is damaged");
    }

    [Fact]
    public async Task Before_dvc_3_texts_were_hashed_without_carriage_returns()
    {
        Write("hour.csv", "a,b\r\n1,2\r\n");
        Write("hour.csv.dvc", $"outs:\n- md5: {Md5("a,b\n1,2\n")}\n  path: hour.csv\n");

        (await FindAsync("hour.csv.dvc")).ShouldHaveSingleItem().Digest.ShouldBe(Digest.Of("a,b\r\n1,2\r\n"));

        Write("hour.csv.dvc", Pointer("hour.csv", Md5("a,b\n1,2\n")));
        (await RefusedAsync("hour.csv.dvc")).ShouldHaveSingleItem().What.ShouldBe("The file is not the one that DVC names");
    }

    [Theory]
    [InlineData("outs: [")]
    [InlineData("")]
    [InlineData("outs:\n- path: hour.csv\n")]
    [InlineData("outs:\n- path: hour.csv\n  md5: 12\n")]
    [InlineData("outs:\n- md5: 0123456789abcdef0123456789abcdef\n")]
    [InlineData("- 1\n- 2\n")]
    public async Task What_is_no_pointer_is_refused_with_its_path(string text)
    {
        Write("hour.csv.dvc", text);

        (await Should.ThrowAsync<UsageException>(FindAsync("hour.csv.dvc")))
            .Findings.ShouldHaveSingleItem()
            .Where.ShouldBe(_folder["hour.csv.dvc"]);
    }

    public void Dispose() => _folder.Dispose();

    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Pointer(string path, string md5) => $"outs:\n- md5: {md5}\n  size: 4\n  hash: md5\n  path: {path}\n";

    private Task<IReadOnlyList<Artifact>> FindAsync(string pattern) =>
        SourceFiles.FindAsync(DataSource.Files(pattern), _folder.Path, new(_folder["index"], TimeProvider.System), CancellationToken.None);

    private async Task<IReadOnlyList<Finding>> RefusedAsync(string pattern) =>
        (await Should.ThrowAsync<StageFailedException>(FindAsync(pattern))).Findings;

    private void Cache(string within, string md5, string text) => Write($".dvc/cache/{within}/{md5[..2]}/{md5[2..]}", text);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllText(_folder[path], text);
    }
}
