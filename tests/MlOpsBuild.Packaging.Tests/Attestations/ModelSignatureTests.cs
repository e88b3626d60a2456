using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.Packaging.Attestations.Tests;

public sealed class ModelSignatureTests : IDisposable
{
    // The statement that model_signing 1.0 publishes for its sample model: sigstore/model-transparency,
    // tests/_signing/testdata/signing/TestPayload/sample_model_folder.
    private const string PublishedRoot = "143cc682e555951649f18e2761c3d526d2502996f5e32dc187ef7f8a614f8df7";
    private static readonly KeyValuePair<string, Digest>[] Published =
    [
        File("d0/f00", "fdd8925354242a7fd1515e79534317b800015607a609cd306e0b4dcfe6c92249"),
        File("d0/f01", "e16940b5e44ce981150bda37c4ba95881a749a521b4a297c5cdf97bdcfe965e6"),
        File("d0/f02", "407822246ea8f9e26380842c3f4cd10d7b23e78f1fe7c74c293608682886a426"),
        File("d1/f10", "6a3b08b5df77c4d418ceee1ac136a9ad49fc7c41358b5e82c1176daccb21ff3f"),
        File("d1/f11", "a484b3d8ea5e99b75f9f123f9a42c882388693edc7d85d82ccba54834712cadf"),
        File("d1/f12", "8f577930f5f40c2c2133cb299d36f9527fde98c1608569017cae6b5bcd01abb3"),
        File("f0", "997b37cc51f1ca1c7a270466607e26847429cd7264c30148c1b9352e224083fc"),
        File("f1", "c88a04d48353133fb065ba2c8ab369abab21395b9526aa20373ad828915fa7ae"),
        File("f2", "700e3ba5065d8dd47e41fd928ea086670d628f891ba363be0ca3c31d20d7d719"),
        File("f3", "912bcf5ebdf44dc7b4085b07940e0a81d157fba24b276e73fd911121d4544c4a"),
    ];

    private readonly SigningWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void The_statement_has_the_published_examples_digest_whatever_the_order_of_the_files()
    {
        using var statement = JsonDocument.Parse(ModelSignature.Write("sample_model", Published.Reverse()));

        var subject = statement.RootElement.GetProperty("subject")[0];
        subject.GetProperty("name").GetString().ShouldBe("sample_model");
        subject.GetProperty("digest").GetProperty("sha256").GetString().ShouldBe(PublishedRoot);
        statement.RootElement.GetProperty("predicateType").GetString().ShouldBe("https://model_signing/signature/v1.0");
        var predicate = statement.RootElement.GetProperty("predicate");
        predicate.GetProperty("serialization").GetProperty("method").GetString().ShouldBe("files");
        predicate.GetProperty("serialization").GetProperty("hash_type").GetString().ShouldBe("sha256");
        predicate.GetProperty("resources")
            .EnumerateArray()
            .Select(file => KeyValuePair.Create(
                file.GetProperty("name").GetString()!, Digest.Parse("sha256:" + file.GetProperty("digest").GetString())))
            .ShouldBe(Published);
    }

    [Fact]
    public void A_signature_names_its_key_as_the_specification_has_it()
    {
        using var bundle = JsonDocument.Parse(Sign());

        bundle.RootElement.GetProperty("mediaType").GetString().ShouldBe("application/vnd.dev.sigstore.bundle.v0.3+json");
        var material = bundle.RootElement.GetProperty("verificationMaterial");
        material.GetProperty("publicKey").GetProperty("hint").GetString()
            .ShouldBe(Digest.Of(_world.Pair.Public).Hex, "SHA-256 of the public key as PEM");
        material.GetProperty("tlogEntries").GetArrayLength().ShouldBe(0);
        bundle.RootElement.GetProperty("dsseEnvelope").GetProperty("payloadType").GetString().ShouldBe("application/vnd.in-toto+json");
    }

    [Fact]
    public void Signed_files_are_believed_and_no_others()
    {
        var signature = Sign();

        ModelSignature.Covers(signature, Published, _world.Keys).ShouldBeTrue();
        ModelSignature.Covers(signature, Published, SigningWorld.Strangers).ShouldBeFalse();
        ModelSignature.Covers(signature, Published[1..], _world.Keys).ShouldBeFalse();
        ModelSignature.Covers(signature, [.. Published[1..], File("d0/f00", PublishedRoot)], _world.Keys).ShouldBeFalse();
        ModelSignature.Covers(signature, [.. Published, File("more", PublishedRoot)], _world.Keys).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"dsseEnvelope": 7}""")]
    public void What_is_no_signature_covers_nothing(string text) =>
        ModelSignature.Covers(System.Text.Encoding.UTF8.GetBytes(text), Published, _world.Keys).ShouldBeFalse();

    [Fact]
    public void Without_a_key_nothing_is_signed() =>
        ModelSignature.Sign(Trust.None, ModelSignature.Write("sample_model", Published)).ShouldBeNull();

    private static KeyValuePair<string, Digest> File(string name, string digest) =>
        KeyValuePair.Create(name, Digest.Parse("sha256:" + digest));

    private byte[] Sign() => ModelSignature.Sign(_world.Store.Trust, ModelSignature.Write("sample_model", Published)).ShouldNotBeNull();
}
