"""Tiny pipelines that draw pictures, one for each family that BookFilm knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tiny_parts import clip_text, clip_tokenizer, ddim, letters, pairs, t5, t5_tokenizer, vae

if TYPE_CHECKING:
    from pathlib import Path

SYSTEM = (
    "You are an assistant designed to generate superior images with the superior degree of image-text alignment based "
    "on textual prompts or user prompts. <Prompt Start> "
)
"""What Lumina 2 writes before a prompt: letter by letter it would leave no room for one."""


def _vae(channels: int = 4, **more: Any) -> Any:
    """One that makes a picture eight times as large as the latents, as all do here but Sana's."""
    return vae((8, 8, 8, 8), groups=4, channels=channels, **more)


def _flow(**more: Any) -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler

    return FlowMatchEulerDiscreteScheduler(**more)


def _unet(**more: Any) -> Any:
    from diffusers import UNet2DConditionModel

    return UNet2DConditionModel(
        block_out_channels=(8, 16), layers_per_block=1, sample_size=16, in_channels=4, out_channels=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        norm_num_groups=4, attention_head_dim=4, **{"cross_attention_dim": 32, **more},
    )  # fmt: skip


def _without_checker(folder: Path) -> dict[str, Any]:
    return {
        "vae": _vae(), "text_encoder": clip_text(), "tokenizer": clip_tokenizer(folder / "words"),
        "safety_checker": None, "feature_extractor": None, "requires_safety_checker": False,
    }  # fmt: skip


def stable_diffusion(folder: Path) -> Any:
    from diffusers import StableDiffusionPipeline

    return StableDiffusionPipeline(unet=_unet(), scheduler=ddim(), **_without_checker(folder))


def latent_consistency(folder: Path) -> Any:
    from diffusers import LatentConsistencyModelPipeline, LCMScheduler

    return LatentConsistencyModelPipeline(
        unet=_unet(time_cond_proj_dim=32), scheduler=LCMScheduler(), **_without_checker(folder)
    )


def stable_diffusion_xl(folder: Path) -> Any:
    from diffusers import EulerDiscreteScheduler, StableDiffusionXLPipeline

    # Six numbers of size and crop, eight values each, and the text as a whole
    unet = _unet(
        cross_attention_dim=64, addition_embed_type="text_time", addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=6 * 8 + 32, transformer_layers_per_block=(1, 2),
    )  # fmt: skip
    return StableDiffusionXLPipeline(
        unet=unet, vae=_vae(), scheduler=EulerDiscreteScheduler(steps_offset=1, timestep_spacing="leading"),
        text_encoder=clip_text(), tokenizer=clip_tokenizer(folder / "words"),
        text_encoder_2=clip_text("CLIPTextModelWithProjection"), tokenizer_2=clip_tokenizer(folder / "words"),
    )  # fmt: skip


def stable_diffusion_3(folder: Path) -> Any:
    from diffusers import SD3Transformer2DModel, StableDiffusion3Pipeline

    transformer = SD3Transformer2DModel(
        sample_size=16, patch_size=2, in_channels=16, out_channels=16, num_layers=1, attention_head_dim=8,
        num_attention_heads=4, joint_attention_dim=64, caption_projection_dim=32, pooled_projection_dim=64,
    )  # fmt: skip
    return StableDiffusion3Pipeline(
        transformer=transformer, vae=_vae(16, shift_factor=0.06, use_quant_conv=False, use_post_quant_conv=False),
        scheduler=_flow(shift=3.0),
        text_encoder=clip_text("CLIPTextModelWithProjection"), tokenizer=clip_tokenizer(folder / "words"),
        text_encoder_2=clip_text("CLIPTextModelWithProjection"), tokenizer_2=clip_tokenizer(folder / "words"),
        text_encoder_3=_wide_t5(64), tokenizer_3=t5_tokenizer(),
    )  # fmt: skip


def _wide_t5(width: int) -> Any:
    """A T5 as wide as the two CLIP models side by side."""
    from transformers import T5EncoderModel

    config = t5().config
    config.d_model = width
    return T5EncoderModel(config).eval()


def _pixart_parts() -> dict[str, Any]:
    from diffusers import DPMSolverMultistepScheduler, PixArtTransformer2DModel

    # The smallest size for which these pipelines have a table of shapes: 32 × 8 px
    transformer = PixArtTransformer2DModel(
        sample_size=32, num_layers=1, patch_size=2, attention_head_dim=8, num_attention_heads=4, in_channels=4,
        out_channels=8, cross_attention_dim=32, caption_channels=32, norm_type="ada_norm_single",
        use_additional_conditions=False,
    )  # fmt: skip
    return {
        "transformer": transformer, "vae": _vae(), "scheduler": DPMSolverMultistepScheduler(), "text_encoder": t5(),
        "tokenizer": t5_tokenizer(),
    }  # fmt: skip


def pixart_alpha(_folder: Path) -> Any:
    from diffusers import PixArtAlphaPipeline

    return PixArtAlphaPipeline(**_pixart_parts())


def pixart_sigma(_folder: Path) -> Any:
    from diffusers import PixArtSigmaPipeline

    return PixArtSigmaPipeline(**_pixart_parts())


def _gemma() -> dict[str, Any]:
    """Gemma 2 and a tokenizer of its kind that knows the words before a prompt."""
    from transformers import Gemma2Config, Gemma2Model, GemmaTokenizer

    vocab, merges = pairs(SYSTEM, 400, ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"])
    words = GemmaTokenizer(vocab=vocab, merges=merges)
    config = Gemma2Config(
        hidden_size=16, intermediate_size=16, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1,
        head_dim=8, vocab_size=len(words),
    )  # fmt: skip
    return {"text_encoder": Gemma2Model(config).eval(), "tokenizer": words}


def sana(_folder: Path) -> Any:
    from diffusers import AutoencoderDC, DPMSolverMultistepScheduler, SanaPipeline, SanaTransformer2DModel

    # The smallest size for which the pipeline has a table of shapes: 16 × 32 px
    transformer = SanaTransformer2DModel(
        sample_size=16, patch_size=1, in_channels=4, out_channels=4, num_layers=1, num_attention_heads=2,
        attention_head_dim=4, num_cross_attention_heads=2, cross_attention_head_dim=4, cross_attention_dim=8,
        caption_channels=16,
    )  # fmt: skip
    coder = AutoencoderDC(
        in_channels=3, latent_channels=4, attention_head_dim=2,
        encoder_block_types=("ResBlock",) * 3 + ("EfficientViTBlock",) * 3,
        decoder_block_types=("ResBlock",) * 3 + ("EfficientViTBlock",) * 3,
        encoder_block_out_channels=(8,) * 6, decoder_block_out_channels=(8,) * 6,
        encoder_layers_per_block=(1,) * 6, decoder_layers_per_block=(1,) * 6,
        encoder_qkv_multiscales=((), (), (), (5,), (5,), (5,)), decoder_qkv_multiscales=((), (), (), (5,), (5,), (5,)),
        scaling_factor=0.41407,
    )  # fmt: skip
    scheduler = DPMSolverMultistepScheduler(
        prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0, algorithm_type="dpmsolver++"
    )
    return SanaPipeline(transformer=transformer, vae=coder, scheduler=scheduler, **_gemma())


def flux(folder: Path) -> Any:
    from diffusers import FluxPipeline, FluxTransformer2DModel

    transformer = FluxTransformer2DModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=32, pooled_projection_dim=32, guidance_embeds=True, axes_dims_rope=(4, 4, 8),
    )  # fmt: skip
    return FluxPipeline(
        transformer=transformer, vae=_vae(4, shift_factor=0.1, use_quant_conv=False, use_post_quant_conv=False),
        scheduler=_flow(shift=3.0, use_dynamic_shifting=True), text_encoder=clip_text(),
        tokenizer=clip_tokenizer(folder / "words"), text_encoder_2=t5(), tokenizer_2=t5_tokenizer(),
    )  # fmt: skip


def lumina_2(_folder: Path) -> Any:
    from diffusers import Lumina2Pipeline, Lumina2Transformer2DModel

    transformer = Lumina2Transformer2DModel(
        sample_size=16, patch_size=2, in_channels=4, hidden_size=24, num_layers=1, num_refiner_layers=1,
        num_attention_heads=3, num_kv_heads=1, multiple_of=2, axes_dim_rope=(4, 2, 2), axes_lens=(512, 64, 64),
        cap_feat_dim=16,
    )  # fmt: skip
    return Lumina2Pipeline(
        transformer=transformer, vae=_vae(4, shift_factor=0.1), scheduler=_flow(shift=6.0), **_gemma()
    )


def _glm_tokenizer() -> Any:
    """One that begins every text with a sign of its own, as GLM's does: an empty one has a length."""
    from tokenizers import processors

    words = letters()
    words.add_special_tokens({"additional_special_tokens": ["<sop>"]})
    begin = ("<sop>", words.convert_tokens_to_ids("<sop>"))
    words.backend_tokenizer.post_processor = processors.TemplateProcessing("<sop> $A", special_tokens=[begin])
    return words


def cog_view_4(_folder: Path) -> Any:
    from diffusers import CogView4Pipeline, CogView4Transformer2DModel
    from transformers import GlmConfig, GlmModel

    words = _glm_tokenizer()
    config = GlmConfig(
        hidden_size=32, intermediate_size=16, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1,
        head_dim=16, vocab_size=len(words), pad_token_id=0,
    )  # fmt: skip
    transformer = CogView4Transformer2DModel(
        patch_size=2, in_channels=4, out_channels=4, num_layers=1, attention_head_dim=8, num_attention_heads=2,
        text_embed_dim=32, time_embed_dim=8, condition_dim=4,
    )  # fmt: skip
    scheduler = _flow(base_shift=0.25, max_shift=0.75, use_dynamic_shifting=True, time_shift_type="linear")
    return CogView4Pipeline(
        transformer=transformer, vae=_vae(), scheduler=scheduler, text_encoder=GlmModel(config).eval(), tokenizer=words
    )


def _qwen_tokenizer() -> Any:
    """Qwen's kind, which knows bytes."""
    from tokenizers import pre_tokenizers
    from transformers import Qwen2Tokenizer

    known = ["<|endoftext|>", *sorted(pre_tokenizers.ByteLevel.alphabet())]
    words = Qwen2Tokenizer(vocab={word: n for n, word in enumerate(known)}, merges=[])
    words.chat_template = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
    return words


def qwen_image(_folder: Path) -> Any:
    from diffusers import AutoencoderKLQwenImage, QwenImagePipeline, QwenImageTransformer2DModel
    from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

    words = _qwen_tokenizer()
    reader = Qwen2_5_VLConfig(
        text_config={
            "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
            "num_key_value_heads": 2, "vocab_size": len(words), "bos_token_id": None, "eos_token_id": None,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [1, 1, 2]},
        },
        vision_config={
            "depth": 1, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "out_hidden_size": 16,
            "fullatt_block_indexes": [0],
        },
    )  # fmt: skip
    transformer = QwenImageTransformer2DModel(
        patch_size=2, in_channels=16, out_channels=4, num_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=16, axes_dims_rope=(4, 6, 6),
    )  # fmt: skip
    coder = AutoencoderKLQwenImage(
        base_dim=8, z_dim=4, dim_mult=[1, 1, 1, 1], num_res_blocks=1, latents_mean=[0.0] * 4, latents_std=[1.0] * 4
    )
    return QwenImagePipeline(
        transformer=transformer, vae=coder, scheduler=_flow(use_dynamic_shifting=True, shift_terminal=0.02),
        text_encoder=Qwen2_5_VLForConditionalGeneration(reader).eval(), tokenizer=words,
    )  # fmt: skip


def z_image(_folder: Path) -> Any:
    from diffusers import ZImagePipeline, ZImageTransformer2DModel
    from transformers import Qwen3Config, Qwen3Model

    words = _qwen_tokenizer()
    reader = Qwen3Config(
        hidden_size=16, intermediate_size=16, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=2,
        head_dim=8, vocab_size=len(words),
    )  # fmt: skip
    transformer = ZImageTransformer2DModel(
        in_channels=4, dim=32, n_layers=1, n_refiner_layers=1, n_heads=2, n_kv_heads=2, cap_feat_dim=16,
        axes_dims=[4, 6, 6], axes_lens=[1024, 64, 64],
    )  # fmt: skip
    return ZImagePipeline(
        transformer=transformer, vae=_vae(4, shift_factor=0.1, use_quant_conv=False, use_post_quant_conv=False),
        scheduler=_flow(shift=3.0), text_encoder=Qwen3Model(reader).eval(), tokenizer=words,
    )  # fmt: skip


PICTURES = {
    "StableDiffusionPipeline": stable_diffusion,
    "LatentConsistencyModelPipeline": latent_consistency,
    "StableDiffusionXLPipeline": stable_diffusion_xl,
    "StableDiffusion3Pipeline": stable_diffusion_3,
    "PixArtAlphaPipeline": pixart_alpha,
    "PixArtSigmaPipeline": pixart_sigma,
    "SanaPipeline": sana,
    "FluxPipeline": flux,
    "Lumina2Pipeline": lumina_2,
    "CogView4Pipeline": cog_view_4,
    "QwenImagePipeline": qwen_image,
    "ZImagePipeline": z_image,
}
"""By the pipeline's class."""
