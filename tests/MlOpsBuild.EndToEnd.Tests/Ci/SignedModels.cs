using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.Packaging.Attestations;
using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>The signature of a packaged model, as Sigstore's own library verifies it.</summary>
public sealed class SignedModels(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    [CiToolsFact]
    public async Task Are_verified_by_others_with_the_public_key_and_with_no_other()
    {
        (await Checkout.RunAsync("Keys")).Expect(0);
        var key = Directory.GetFiles(Path.Combine(Checkout.Root, ".nuke", "keys"), "*.pem").ShouldHaveSingleItem();
        Checkout.Environment["MLOPS_SIGNING_KEY"] = Path.Combine(Checkout.Root, ".mlops", "keys", Path.GetFileName(key));
        (await Checkout.RunAsync("Train", "Package")).Expect(0);
        var document = (await Attachment.DocumentsAsync(Checkout.Store, "BikeDemand-v1.sig", CancellationToken.None))
            .ShouldHaveSingleItem();
        var bundle = Path.Combine(Checkout.Runtime, "bundle.json");
        await File.WriteAllBytesAsync(bundle, await Checkout.Store.Blobs.ReadAsync(document.Digest, CancellationToken.None));

        var verified = (await CiTools.VerifyBundleAsync(Checkout.Environment, Checkout.Root, bundle, key)).Expect(0);

        verified.Output.ShouldContain("https://model_signing/signature/v1.0");
        verified.Output.ShouldContain("\"name\": \"BikeDemand\"");
        var other = Path.Combine(Checkout.Runtime, "other.pem");
        await File.WriteAllTextAsync(other, Trust.Create().Public);
        (await CiTools.VerifyBundleAsync(Checkout.Environment, Checkout.Root, bundle, other))
            .Expect(1)
            .Output.ShouldContain("SIGNATURE_ERROR");
    }
}
