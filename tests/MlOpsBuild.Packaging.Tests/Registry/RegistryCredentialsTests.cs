using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class RegistryCredentialsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Our_own_variables_come_first()
    {
        Write("""{"auths":{"ghcr.io":{"auth":"ZmlsZTpmcm9tLWZpbGU="}}}""");

        var found = await FindAsync(
            ("MLOPS_REGISTRY_USER", "me"), ("MLOPS_REGISTRY_PASSWORD", "mine"),
            ("DOTNET_CONTAINER_PUSH_REGISTRY_UNAME", "sdk"), ("DOTNET_CONTAINER_PUSH_REGISTRY_PWORD", "sdks"));

        found.ShouldBe(("me", "mine", "MLOPS_REGISTRY_USER and MLOPS_REGISTRY_PASSWORD"));
    }

    [Fact]
    public async Task The_variables_of_the_NET_SDK_come_second()
    {
        Write("""{"auths":{"ghcr.io":{"auth":"ZmlsZTpmcm9tLWZpbGU="}}}""");

        var found = await FindAsync(("DOTNET_CONTAINER_PUSH_REGISTRY_UNAME", "sdk"), ("DOTNET_CONTAINER_PUSH_REGISTRY_PWORD", "sdks"));

        found!.Value.User.ShouldBe("sdk");
    }

    [Fact]
    public async Task Dockers_file_comes_last()
    {
        Write("""{"auths":{"other.example.org":{"auth":"eDp5"},"ghcr.io":{"auth":"ZmlsZTpmcm9tLWZpbGU="}}}""");

        (await FindAsync(("MLOPS_REGISTRY_USER", ""), ("MLOPS_REGISTRY_PASSWORD", "")))
            .ShouldBe(("file", "from-file", _folder[".docker/config.json"]));
    }

    [Fact]
    public async Task Dockers_folder_may_be_elsewhere()
    {
        Write("""{"auths":{"ghcr.io":{"auth":"ZmlsZTpmcm9tLWZpbGU="}}}""", "elsewhere");

        (await FindAsync(("DOCKER_CONFIG", _folder["elsewhere"])))!.Value.User.ShouldBe("file");
    }

    [Theory]
    [InlineData("ghcr.io/a", "https://ghcr.io")]
    [InlineData("ghcr.io/a", "https://GHCR.IO/v2/")]
    [InlineData("127.0.0.1:5000/a", "127.0.0.1:5000")]
    [InlineData("docker.io/a/b", "https://index.docker.io/v1/")]
    public async Task Dockers_entries_are_found_under_hosts_and_addresses(string address, string key)
    {
        Write("{\"auths\":{\"" + key + "\":{\"auth\":\"ZmlsZTpmcm9tLWZpbGU=\"}}}");

        (await FindAsync(address)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{"auths":{"ghcr.io:444":{"auth":"ZmlsZTpmcm9tLWZpbGU="}}}""")]
    [InlineData("""{"auths":{"docker.io":{"auth":"ZmlsZTpmcm9tLWZpbGU="}}}""")]
    [InlineData("""{"auths":{"ghcr.io":{}},"credHelpers":{"ghcr.io":"secretservice"}}""")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"bm8tcGFzc3dvcmQ6"}}}""")]
    [InlineData("""{"auths":{"ghcr.io":{"identitytoken":"x"}}}""")]
    [InlineData("""{"auths":[]}""")]
    [InlineData("[]")]
    public async Task Without_a_plain_entry_for_the_registry_there_are_none(string json)
    {
        Write(json);

        (await FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_password_may_hold_colons_and_letters_of_any_language()
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes("user:pä:ss\0"));
        Write("{\"auths\":{\"ghcr.io\":{\"auth\":\"" + encoded + "\"}}}");

        (await FindAsync())!.Value.Password.ShouldBe("pä:ss");
    }

    [Fact]
    public async Task User_and_password_may_stand_there_by_name()
    {
        Write("""{"auths":{"ghcr.io":{"username":"u","password":"p"}}}""");

        (await FindAsync())!.Value.ShouldBe(("u", "p", _folder[".docker/config.json"]));
    }

    [Fact]
    public async Task Without_a_home_there_are_none() =>
        (await RegistryCredentials.FindAsync(RegistryAddress.Parse("ghcr.io/a"), new Dictionary<string, string>(), CancellationToken.None))
            .ShouldBeNull();

    [Theory]
    [InlineData("MLOPS_REGISTRY_USER", "MLOPS_REGISTRY_PASSWORD")]
    [InlineData("DOTNET_CONTAINER_PUSH_REGISTRY_PWORD", "DOTNET_CONTAINER_PUSH_REGISTRY_UNAME")]
    public async Task Half_a_pair_is_refused(string set, string absent)
    {
        var failure = await Should.ThrowAsync<UsageException>(FindAsync((set, "secret-value")));

        failure.Findings.ShouldHaveSingleItem().Where.ShouldBe(absent);
        failure.Message.ShouldNotContain("secret-value");
    }

    [Theory]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"c2VjcmV0OnZhbHVl"}}""")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"c2VjcmV0!"}}}""")]
    [InlineData("")]
    public async Task A_broken_file_is_named_without_its_content(string json)
    {
        Write(json);

        var failure = await Should.ThrowAsync<UsageException>(FindAsync());

        failure.Findings.ShouldHaveSingleItem().Where.ShouldBe(_folder[".docker/config.json"]);
        failure.Message.ShouldNotContain("c2VjcmV0");
    }

    [Fact]
    public void Their_text_tells_who_and_whence_and_no_secret() =>
        new RegistryCredentials("me", "hunter2", "the test").ToString().ShouldBe("user 'me' from the test");

    [Fact]
    public void Every_form_of_the_secret_is_given_for_masking()
    {
        var credentials = new RegistryCredentials("me", "hunter2", "the test");

        credentials.Secrets.ShouldBe(["hunter2", Convert.ToBase64String("me:hunter2"u8)]);
        credentials.Mask("Authorization: Basic bWU6aHVudGVyMg== for hunter2").ShouldBe("Authorization: Basic *** for ***");
    }

    [Fact]
    public void A_user_with_a_colon_is_refused() =>
        Should.Throw<UsageException>(() => new RegistryCredentials("me:hunter2", "x", "the test")).Message.ShouldNotContain("hunter2");

    private void Write(string json, string folder = ".docker")
    {
        Directory.CreateDirectory(_folder[folder]);
        File.WriteAllText(Path.Combine(_folder[folder], "config.json"), json);
    }

    private Task<(string User, string Password, string Source)?> FindAsync(params (string Name, string Value)[] variables) =>
        FindAsync("ghcr.io/a", variables);

    private async Task<(string User, string Password, string Source)?> FindAsync(
        string address, params (string Name, string Value)[] variables)
    {
        var environment = variables.Append(("HOME", _folder.Path)).ToDictionary();
        var found = await RegistryCredentials.FindAsync(RegistryAddress.Parse(address), environment, CancellationToken.None);
        return found is null ? null : (found.User, found.Secrets[0], found.Source);
    }
}
