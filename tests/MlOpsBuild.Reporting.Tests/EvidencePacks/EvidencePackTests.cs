using System.Security.Cryptography;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;

namespace MlOpsBuild.Reporting.EvidencePacks.Tests;

public sealed class EvidencePackTests
{
    [Fact]
    public void What_records_answer_is_documented_with_place_and_digest()
    {
        var entry = PackExample.Pack().Entry("annex-iv-2d");

        entry.State.ShouldBe(EvidenceState.Documented);
        entry.Documents.ShouldBe(
            new Dictionary<string, Digest> { ["contract.json"] = Digest.Of("{}"), ["run.json"] = Digest.Of("{\"run\":1}") });
    }

    [Fact]
    public void A_folder_answers_with_all_that_is_in_it() =>
        PackExample.Pack().Entry("annex-iv-2h").Documents.Keys.ShouldBe(["attestations/abc.json", "attestations/def.json"]);

    [Fact]
    public void What_nobody_says_is_missing_and_never_made_up()
    {
        var pack = PackExample.Pack(documents: []);

        pack.Entries.ShouldAllBe(entry => entry.State == EvidenceState.Missing && entry.Documents.Count == 0);
    }

    [Fact]
    public void What_people_declare_stands_with_owner_and_date()
    {
        var entry = PackExample.Pack(new Dictionary<string, Declaration> { ["annex-iv-2e"] = PackExample.Oversight }).Entry("annex-iv-2e");

        (entry.State, entry.Declaration, entry.SignedBy).ShouldBe((EvidenceState.Declared, PackExample.Oversight, null));
    }

    [Fact]
    public void A_declaration_beside_documents_is_kept()
    {
        var entry = PackExample.Pack(new Dictionary<string, Declaration> { ["annex-iv-2d"] = PackExample.Oversight }).Entry("annex-iv-2d");

        (entry.State, entry.Declaration).ShouldBe((EvidenceState.Documented, PackExample.Oversight));
    }

    [Fact]
    public void A_signature_that_is_trusted_is_told_by_its_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signed = PackExample.Oversight with { Signature = Sign(key, PackExample.Oversight.About("Demand", "annex-iv-2e")) };

        PackExample.Pack(new Dictionary<string, Declaration> { ["annex-iv-2e"] = signed }, Keys(key)).Entry("annex-iv-2e")
            .SignedBy.ShouldBe(signed.Signature.Key);
    }

    /// <summary>Changed afterwards, taken from another field or another pipeline, or signed by somebody else.</summary>
    [Theory]
    [InlineData("changed")]
    [InlineData("another field")]
    [InlineData("another pipeline")]
    [InlineData("somebody else")]
    public void A_declaration_that_is_not_what_was_signed_ends_it(string how)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var about = PackExample.Oversight.About(
            how == "another pipeline" ? "Churn" : "Demand", how == "another field" ? "annex-iv-5" : "annex-iv-2e");
        var declared = (how == "changed" ? PackExample.Oversight with { Statement = "Nobody looks." } : PackExample.Oversight) with
        {
            Signature = Sign(how == "somebody else" ? stranger : key, about),
        };

        var failure = Should.Throw<StageFailedException>(
            () => PackExample.Pack(new Dictionary<string, Declaration> { ["annex-iv-2e"] = declared }, Keys(key)));

        (failure.Verdict, failure.Findings[0].Where).ShouldBe((Verdict.Failed, "declaration annex-iv-2e of Demand"));
    }

    [Fact]
    public void Where_nobody_is_trusted_a_signature_proves_nothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signed = PackExample.Oversight with { Signature = Sign(key, PackExample.Oversight.About("Demand", "annex-iv-2e")) };

        PackExample.Pack(new Dictionary<string, Declaration> { ["annex-iv-2e"] = signed }).Entry("annex-iv-2e").SignedBy.ShouldBeNull();
    }

    private static TrustedKeys Keys(ECDsa key) => new([Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())]);

    private static Signature Sign(ECDsa key, DeclarationStatement statement) => new(
        TrustedKeys.NameOf(key.ExportSubjectPublicKeyInfo()),
        Convert.ToBase64String(key.SignData(TrustedKeys.BytesOf(statement), HashAlgorithmName.SHA256)));
}
